/** Append (one call per append) and BatchAppend (one long call, answers by correlation id). */
import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { sendUnaryData, ServerDuplexStream, ServerReadableStream, ServiceError } from '@grpc/grpc-js';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import type { EventLog, Expected, Verdict } from './event-log.js';
import { appendTooLarge, badRequest, cancelled, notLeader, unavailable } from './failures.js';
import type { Faults, Work } from './faults.js';
import type { Proposed } from './log-file.js';
import { allPosition, empty, idOf, proposedOf, sizeOf, streamNameOf } from './words.js';

const { AppendResp: Response, BatchAppendResp: BatchResponse } = streams;

export interface Appending {
  readonly log: EventLog;
  readonly faults: Faults;
  readonly work: Omit<Work, 'following'>;
  readonly maxAppendBytes: number;
  /** Where this node itself can be reached: who a client is sent to after a change of the leader. */
  readonly port: () => number;
}

interface ExpectedOptions {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

const expectedOf = (options: ExpectedOptions, revision: string): Expected => {
  if (options.hasNoStream()) return { kind: 'noStream' };
  if (options.hasAny()) return { kind: 'any' };
  if (options.hasStreamExists()) return { kind: 'streamExists' };
  return { kind: 'revision', revision: Number(revision) };
};

/** @throws ServiceError, also for an append that was stored and whose answer is to be lost */
const store = async (
  server: Appending,
  stream: string,
  expected: Expected,
  proposed: readonly Proposed[],
): Promise<Verdict> => {
  server.work.appends += 1;
  // Where the stream stands it still knows; what it cannot do any more it says in the words of a conflict.
  if (server.faults.takeDeposed())
    return { kind: 'wrongVersion', current: server.log.stream(stream).at(-1)?.revision };
  if (server.faults.takeLeaderChange()) throw notLeader('127.0.0.1', server.port());
  const verdict = await server.log.append(stream, expected, proposed);
  const lost = server.faults.takeLostAnswer();
  if (lost !== undefined) throw lost === 'cancelled' ? cancelled() : unavailable();
  return verdict;
};

const successOf = (verdict: Verdict & { kind: 'stored' }): AppendResp => {
  const position = verdict.position.toString();
  return new Response().setSuccess(
    new Response.Success()
      .setCurrentRevision(String(verdict.revision))
      .setPosition(new Response.Position().setCommitPosition(position).setPreparePosition(position)),
  );
};

const wrongVersionOf = (expected: Expected, current: number | undefined): AppendResp => {
  const wrong = new Response.WrongExpectedVersion();
  if (current === undefined) wrong.setCurrentNoStream(empty());
  else wrong.setCurrentRevision(String(current));
  if (expected.kind === 'revision') wrong.setExpectedRevision(String(expected.revision));
  if (expected.kind === 'noStream') wrong.setExpectedNoStream(empty());
  if (expected.kind === 'any') wrong.setExpectedAny(empty());
  if (expected.kind === 'streamExists') wrong.setExpectedStreamExists(empty());
  return new Response().setWrongExpectedVersion(wrong);
};

export const append = (
  server: Appending,
  call: ServerReadableStream<AppendReq, AppendResp>,
  answer: sendUnaryData<AppendResp>,
): void => {
  let options: AppendReq.Options | undefined;
  const proposed: Proposed[] = [];
  let refused: ServiceError | undefined;
  call.on('data', (request: AppendReq) => {
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (message === undefined || refused !== undefined) return;
    try {
      proposed.push(proposedOf(message));
      if (sizeOf(proposed) > server.maxAppendBytes) throw appendTooLarge(server.maxAppendBytes);
    } catch (error) {
      refused = error as ServiceError;
    }
  });
  call.on('end', () => {
    if (refused !== undefined || options === undefined)
      return void answer(refused ?? badRequest('there are no options'));
    const expected = expectedOf(options, options.getRevision());
    store(server, streamNameOf(options.getStreamIdentifier()), expected, proposed).then(
      (verdict) =>
        answer(
          null,
          verdict.kind === 'stored' ? successOf(verdict) : wrongVersionOf(expected, verdict.current),
        ),
      (error: unknown) => answer(error as ServiceError),
    );
  });
};

/** What of one append has come so far. */
interface Gathering {
  readonly options: BatchAppendReq.Options;
  readonly proposed: Proposed[];
}

const packed = (name: string, bytes: Uint8Array, code: number): InstanceType<typeof status.Status> => {
  const details = new anyPb.Any();
  details.pack(bytes, `event_store.client.${name}`);
  return new status.Status().setCode(code).setMessage(name).setDetails(details);
};

const FAILED_PRECONDITION = 9;
const INVALID_ARGUMENT = 3;

const batchWrongVersion = (
  expected: Expected,
  current: number | undefined,
): InstanceType<typeof status.Status> => {
  const wrong = new shared.WrongExpectedVersion();
  const nothing = new emptyPb.Empty();
  if (current === undefined) wrong.setCurrentNoStream(nothing);
  else wrong.setCurrentStreamRevision(String(current));
  if (expected.kind === 'revision') wrong.setExpectedStreamPosition(String(expected.revision));
  if (expected.kind === 'noStream') wrong.setExpectedNoStream(nothing);
  if (expected.kind === 'any') wrong.setExpectedAny(nothing);
  if (expected.kind === 'streamExists') wrong.setExpectedStreamExists(nothing);
  return packed('WrongExpectedVersion', wrong.serializeBinary(), FAILED_PRECONDITION);
};

const batchAnswer = async (server: Appending, { options, proposed }: Gathering): Promise<BatchAppendResp> => {
  const answer = new BatchResponse().setStreamIdentifier(options.getStreamIdentifier());
  if (sizeOf(proposed) > server.maxAppendBytes) {
    const tooLarge = new shared.MaximumAppendSizeExceeded().setMaxappendsize(server.maxAppendBytes);
    return answer.setError(packed('MaximumAppendSizeExceeded', tooLarge.serializeBinary(), INVALID_ARGUMENT));
  }
  const expected = expectedOf(options, options.getStreamPosition());
  const verdict = await store(server, streamNameOf(options.getStreamIdentifier()), expected, proposed);
  if (verdict.kind === 'wrongVersion') return answer.setError(batchWrongVersion(expected, verdict.current));
  return answer.setSuccess(
    new BatchResponse.Success()
      .setCurrentRevision(String(verdict.revision))
      .setPosition(allPosition(verdict.position)),
  );
};

export const batchAppend = (
  server: Appending,
  call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>,
): void => {
  const gathering = new Map<string, Gathering>();
  call.on('data', (request: BatchAppendReq) => {
    const [correlation, options] = [request.getCorrelationId(), request.getOptions()];
    const id = idOf(correlation);
    const one = gathering.get(id) ?? (options === undefined ? undefined : { options, proposed: [] });
    if (one === undefined)
      return void call.emit('error', badRequest('the first message of an append has its options'));
    gathering.set(id, one);
    try {
      one.proposed.push(...request.getProposedMessagesList().map(proposedOf));
    } catch (error) {
      return void call.emit('error', error);
    }
    if (!request.getIsFinal()) return;
    gathering.delete(id);
    batchAnswer(server, one).then(
      (answer) => call.write(answer.setCorrelationId(correlation)),
      (error: unknown) => call.emit('error', error),
    );
  });
  call.on('end', () => call.end());
};
