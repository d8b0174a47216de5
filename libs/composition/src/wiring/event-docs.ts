/** The stored events of the product, described for others; made when somebody first asks. */
import { ACCESS_CONTRACT } from '@fascia/audit';
import type { EventDocs } from '@fascia/http';
import { describeEvents, eventSchemas } from '@fascia/write-door';
import { contracts } from '../contexts.js';

const made = new Map<string, EventDocs>();

/** @param topic where the events are published */
export const eventDocs = (topic: string): EventDocs => {
  const known = made.get(topic) ?? {
    // Records of who read what stay in the log: there is one stream of them per process, and nobody follows it.
    asyncApi: describeEvents(
      contracts.filter((contract) => contract !== ACCESS_CONTRACT),
      { title: 'Fascia events', version: '0.1.0', topic },
    ),
    schemas: eventSchemas(contracts),
  };
  made.set(topic, known);
  return known;
};
