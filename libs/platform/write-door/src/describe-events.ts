/**
 * The events as others can receive them, in AsyncAPI 3.0: one topic, CloudEvents 1.0 in Kafka's binary mode, one message
 * per event type. The schemas of the data stay documents of their own (`schemas/{type}.json`, beside this one), because
 * they are JSON Schema 2020-12 and an AsyncAPI document's own schemas are not.
 */
import type { Contract } from '@fascia/kernel';
import type { JsonSchema } from './event-schemas.js';

export interface EventDescription {
  readonly title: string;
  readonly version: string;
  readonly topic: string;
}

const SCHEMA_FORMAT = 'application/schema+json;version=draft-2020-12';
const KAFKA_BINDING = '0.5.0';

const text = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'string',
  description,
  ...more,
});
const uuid = (description: string): JsonSchema => text(description, { format: 'uuid' });
const decimal = (description: string): JsonSchema => text(description, { pattern: '^[0-9]+$' });
const digest = (description: string): JsonSchema => text(description, { pattern: '^[0-9a-f]{64}$' });

/** Values of Kafka headers are texts; what CloudEvents does not name are extensions of ours. */
const HEADERS: Readonly<Record<string, JsonSchema>> = {
  ce_specversion: text('CloudEvents', { const: '1.0' }),
  ce_id: uuid('Id of the event: the same event sent twice has the same id.'),
  ce_source: text('The log, by its epoch; another epoch is another history.', { pattern: '^urn:fascia:' }),
  ce_type: text('Event type.'),
  ce_subject: text('Stream, `<category>-<uuid>`.'),
  ce_time: text('`recordedAt`: when the store took it.', { format: 'date-time' }),
  'content-type': text('Of the value, which are the stored bytes.', { const: 'application/json' }),
  ce_position: decimal('Position in the log.'),
  ce_previous: decimal(
    'Position of the event before it in its partition, 0 if none: a receiver that has not seen it has a hole.',
  ),
  ce_streamversion: decimal('Version within the stream, from 1.'),
  ce_digest: digest('SHA-256 over the SHA-256 of the value followed by the SHA-256 of `ce_metadata`.'),
  ce_commandid: text('The command that caused it.'),
  ce_requestdigest: text('Tells two attempts at one command from two commands.'),
  ce_metadata: text(
    'Stored metadata, canonical JSON: actor, occurredAt, patientId, correlation, schemaVersion.',
  ),
  ce_partitions: decimal('Partitions of the topic when it was sent: `ce_previous` is counted in these.'),
};

const kafkaHeaders: JsonSchema = { type: 'object', required: Object.keys(HEADERS), properties: HEADERS };

const messageOf = (type: string): JsonSchema => ({
  name: type,
  title: type,
  contentType: 'application/json',
  headers: {
    allOf: [
      { $ref: '#/components/schemas/headers' },
      { type: 'object', properties: { ce_type: { const: type } } },
    ],
  },
  payload: { schemaFormat: SCHEMA_FORMAT, schema: { $ref: `./schemas/${type}.json` } },
  bindings: {
    kafka: {
      key: text('Patient, else stream: events of one key arrive in order.'),
      bindingVersion: KAFKA_BINDING,
    },
  },
});

/** @param contracts of the streams that are relayed */
export const describeEvents = (
  contracts: readonly Contract[],
  { title, version, topic }: EventDescription,
): JsonSchema => {
  const types = contracts.flatMap((contract) => Object.keys(contract)).toSorted();
  const refs = (to: string): JsonSchema =>
    Object.fromEntries(types.map((type) => [type, { $ref: `${to}/${type}` }]));
  const channel = '#/channels/care';
  return {
    asyncapi: '3.0.0',
    info: {
      title,
      version,
      description:
        'Every fact of the log, in order per patient (else per stream), at least once. Personal fields are sealed: a receiver learns what happened, not to whom. The log and not the topic is the truth.',
    },
    defaultContentType: 'application/json',
    channels: {
      care: {
        address: topic,
        description: 'Partitioned by the key (murmur2). Records of who read what are not sent.',
        messages: refs('#/components/messages'),
        bindings: { kafka: { topic, bindingVersion: KAFKA_BINDING } },
      },
    },
    operations: {
      sendFacts: {
        action: 'send',
        channel: { $ref: channel },
        summary: 'The relay sends what the log holds, acknowledged by all replicas.',
        messages: types.map((type) => ({ $ref: `${channel}/messages/${type}` })),
      },
    },
    components: {
      schemas: { headers: kafkaHeaders },
      messages: Object.fromEntries(types.map((type) => [type, messageOf(type)])),
    },
  };
};
