/** The stored events of the product, described for others; made when somebody first asks. */
import { ACCESS_CONTRACT } from '@fascia/audit';
import type { EventDocs } from '@fascia/http';
import { describeEvents, eventSchemas } from '@fascia/write-door';
import { contracts } from './contexts.js';

const TOPIC = 'fascia.care.v1';

let made: EventDocs | undefined;

export const eventDocs = (): EventDocs =>
  (made ??= {
    // Records of who read what stay in the log: there is one stream of them per process, and nobody follows it.
    asyncApi: describeEvents(contracts.filter((contract) => contract !== ACCESS_CONTRACT), { title: 'Fascia events', version: '0.1.0', topic: TOPIC }),
    schemas: eventSchemas(contracts),
  });
