/** Between the messages of the protocol and the log's own words. */
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { badRequest, missingMetadata } from './failures.js';
import type { Proposed, Recorded } from './log-file.js';

const { AllStreamPosition, Empty, StreamIdentifier: Identifier, UUID: Uuid } = shared;
const { ReadResp: Response } = streams;

const TICKS_PER_MILLISECOND = 10_000n;

export const empty = () => new Empty();

export const streamNameOf = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

export const identifierOf = (stream: string): StreamIdentifier =>
  new Identifier().setStreamName(Uint8Array.from(Buffer.from(stream, 'utf8')));

export const allPosition = (position: bigint) =>
  new AllStreamPosition().setCommitPosition(position.toString()).setPreparePosition(position.toString());

const hexOf = (bits: string): string => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');

export const idOf = (uuid: UUID | undefined): string => {
  const structured = uuid?.getStructured();
  if (structured === undefined) return uuid?.getString().toLowerCase() ?? '';
  const hex = hexOf(structured.getMostSignificantBits()) + hexOf(structured.getLeastSignificantBits());
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

const uuidOf = (id: string, structured: boolean): UUID => {
  if (!structured) return new Uuid().setString(id);
  const hex = id.replaceAll('-', '');
  const bits = (part: string): string => BigInt.asIntN(64, BigInt(`0x${part}`)).toString();
  return new Uuid().setStructured(
    new Uuid.Structured()
      .setMostSignificantBits(bits(hex.slice(0, 16)))
      .setLeastSignificantBits(bits(hex.slice(16))),
  );
};

interface ProposedMessage {
  getId(): UUID | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

/** @throws ServiceError when type or content type is missing. */
export const proposedOf = (message: ProposedMessage): Proposed => {
  const [type, contentType] = ['type', 'content-type'].map((name) => message.getMetadataMap().get(name));
  if (type === undefined) throw missingMetadata('type');
  if (contentType === undefined) throw missingMetadata('content-type');
  return {
    id: idOf(message.getId()),
    type,
    contentType,
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
};

/** As the server counts it against its limit: two bytes per character of the type. */
export const sizeOf = (events: readonly Proposed[]): number =>
  events.reduce(
    (bytes, { type, data, metadata }) => bytes + data.byteLength + metadata.byteLength + type.length * 2,
    0,
  );

export const eventResponse = (event: Recorded, structuredIds: boolean): ReadResp => {
  const position = event.position.toString();
  const recorded = new Response.ReadEvent.RecordedEvent()
    .setId(uuidOf(event.id, structuredIds))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.contentType)
    .set('created', (BigInt(event.createdMs) * TICKS_PER_MILLISECOND).toString());
  return new Response().setEvent(new Response.ReadEvent().setEvent(recorded).setCommitPosition(position));
};

export const checkpointResponse = (position: bigint): ReadResp =>
  new Response().setCheckpoint(
    new Response.Checkpoint().setCommitPosition(position.toString()).setPreparePosition(position.toString()),
  );

export const confirmationResponse = (subscriptionId: string): ReadResp =>
  new Response().setConfirmation(new Response.SubscriptionConfirmation().setSubscriptionId(subscriptionId));

export const caughtUpResponse = (): ReadResp => new Response().setCaughtUp(new Response.CaughtUp());

export const notFoundResponse = (stream: string): ReadResp =>
  new Response().setStreamNotFound(new Response.StreamNotFound().setStreamIdentifier(identifierOf(stream)));

export interface Filter {
  readonly matches: (event: Recorded) => boolean;
  /** Events looked at between two checkpoints. */
  readonly checkpointEvery: number;
}

/** What the server looks at in one go when the client names no window. */
const SEARCH_WINDOW = 32;

const matcher = (expression: ReadReq.Options.FilterOptions.Expression): ((text: string) => boolean) => {
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (text) => prefixes.some((prefix) => text.startsWith(prefix));
  const regex = new RegExp(expression.getRegex(), 'u');
  return (text) => regex.test(text);
};

/** @returns nothing when all events are asked for. */
export const filterOf = (options: ReadReq.Options): Filter | undefined => {
  const filter = options.getFilter();
  if (filter === undefined) return undefined;
  const [byStream, byType] = [filter.getStreamIdentifier(), filter.getEventType()];
  const multiplier = filter.getCheckpointintervalmultiplier();
  if (multiplier === 0) throw badRequest('checkpointIntervalMultiplier must be greater than zero');
  const checkpointEvery = multiplier * (filter.hasMax() ? filter.getMax() : SEARCH_WINDOW);
  if (byStream !== undefined) {
    const matches = matcher(byStream);
    return { matches: ({ stream }) => matches(stream), checkpointEvery };
  }
  if (byType === undefined) throw badRequest('a filter is on stream names or on event types');
  const matches = matcher(byType);
  return { matches: ({ type }) => matches(type), checkpointEvery };
};
