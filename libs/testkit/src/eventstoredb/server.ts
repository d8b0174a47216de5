/**
 * An EventStoreDB server as far as its clients can tell: the services Streams, ServerFeatures and Gossip of the published
 * protocol. Without TLS it is a node started with `--insecure`: it looks at no credentials, as clients send none there.
 */
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import featureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import {
  Server,
  ServerCredentials,
  type Metadata,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerWritableStream,
  type ServiceError,
} from '@grpc/grpc-js';
import { append, batchAppend, type Appending } from './appending.js';
import { accessDenied, unauthenticated, unimplemented } from './failures.js';
import { read, type Reading } from './reading.js';

export interface ServerSettings extends Reading {
  /** 0 takes a free one. */
  readonly port: number;
  readonly maxAppendBytes: number;
  /** PEM. With it the connection is encrypted, and who calls has to say who they are. */
  readonly tls?: {
    readonly certificate: Buffer;
    readonly key: Buffer;
    readonly user: string;
    readonly password: string;
  };
}

/** Larger than the server's largest event. */
const MESSAGE_BYTES = 17 * 1024 * 1024;

const VERSIONS = { '23.10': '23.10.7', '24.10': '24.10.5' };

/** @returns what is wrong with the credentials of a call; nothing when they are right. */
const refusal = ({ tls }: ServerSettings, metadata: Metadata): ServiceError | undefined => {
  if (tls === undefined) return undefined;
  const [given] = metadata.get('authorization');
  if (given === undefined) return accessDenied();
  const right = `Basic ${Buffer.from(`${tls.user}:${tls.password}`).toString('base64')}`;
  return given.toString() === right ? undefined : unauthenticated();
};

const supportedMethods = ({ release }: ServerSettings) => {
  const supported = new features.SupportedMethods().setEventStoreServerVersion(VERSIONS[release]);
  const service = 'event_store.client.streams.streams';
  for (const [name, more] of [
    ['append', []],
    ['batchappend', []],
    ['read', ['position', 'events']],
  ] as const) {
    supported.addMethods(
      new features.SupportedMethod()
        .setServiceName(service)
        .setMethodName(name)
        .setFeaturesList([...more]),
    );
  }
  return supported;
};

const members = (port: number) => {
  const self = new gossip.MemberInfo()
    .setIsAlive(true)
    .setState(gossip.MemberInfo.VNodeState.LEADER)
    .setTimeStamp('0')
    .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port));
  return new gossip.ClusterInfo().setMembersList([self]);
};

const streamsOf = (settings: ServerSettings, appending: Appending) => ({
  read: (call: ServerWritableStream<ReadReq, ReadResp>): void => {
    const refused = refusal(settings, call.metadata);
    if (refused !== undefined) return void call.emit('error', refused);
    read(call, settings).catch((error: unknown) => call.emit('error', error));
  },
  append: (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void => {
    const refused = refusal(settings, call.metadata);
    if (refused === undefined) append(appending, call, answer);
    else answer(refused);
  },
  batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    const refused = refusal(settings, call.metadata);
    if (refused === undefined) batchAppend(appending, call);
    else call.emit('error', refused);
  },
  delete: (_call: unknown, answer: sendUnaryData<never>): void => answer(unimplemented()),
  tombstone: (_call: unknown, answer: sendUnaryData<never>): void => answer(unimplemented()),
});

/** @returns the port it listens on. */
export const serve = (settings: ServerSettings): Promise<number> => {
  const server = new Server({
    'grpc.max_receive_message_length': MESSAGE_BYTES,
    'grpc.max_send_message_length': MESSAGE_BYTES,
  });
  let port = settings.port;
  const appending: Appending = { ...settings, port: () => port };
  server.addService(streamServices.StreamsService, streamsOf(settings, appending));
  server.addService(featureServices.ServerFeaturesService, {
    getSupportedMethods: (_call: unknown, answer: (error: null, methods: unknown) => void) =>
      answer(null, supportedMethods(settings)),
  });
  server.addService(gossipServices.GossipService, {
    read: (_call: unknown, answer: (error: null, info: unknown) => void) => answer(null, members(port)),
  });
  const credentials =
    settings.tls === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(null, [
          { cert_chain: settings.tls.certificate, private_key: settings.tls.key },
        ]);
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${settings.port}`, credentials, (error, bound) => {
      if (error !== null) return void reject(error);
      port = bound;
      resolve(bound);
    });
  });
};
