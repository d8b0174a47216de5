/** One KRaft broker from Apache Kafka's own jars: a process to be killed and started again on the same data and ports. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../until.js';
import { freePorts } from './free-ports.js';
import { kafkaJars } from './jars.js';

const START_MS = 60_000;
const STOP_MS = 15_000;
const KEPT_OUTPUT = 4_000;

// Small and quick to start; what counts for tests is when it is ready.
const JVM = [
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
];

export interface KafkaOptions {
  /** A second listener is told to clients as this port of 127.0.0.1: a proxy in front of `proxiedPort`. */
  readonly proxyPort?: number;
}

interface Ports {
  readonly clients: number;
  readonly controller: number;
  readonly proxied: number;
}

const propertiesOf = (dataDir: string, ports: Ports, { proxyPort }: KafkaOptions): string => {
  const at = (name: string, port: number): string => `${name}://127.0.0.1:${port}`;
  const proxied = proxyPort === undefined ? [] : [at('PROXIED', ports.proxied)];
  const advertised = proxyPort === undefined ? [] : [at('PROXIED', proxyPort)];
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${ports.controller}`,
    listeners: [at('CLIENTS', ports.clients), at('CONTROLLER', ports.controller), ...proxied].join(','),
    'advertised.listeners': [at('CLIENTS', ports.clients), ...advertised].join(','),
    'listener.security.protocol.map': 'CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'CLIENTS',
    'log.dirs': join(dataDir, 'log'),
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 3,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    // A broker killed and started again is let in without waiting for its former self to expire.
    'broker.session.timeout.ms': 1_000,
    'broker.heartbeat.interval.ms': 200,
    'group.min.session.timeout.ms': 1_000,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
};

export class KafkaServer {
  readonly brokers: readonly string[];
  #process: ChildProcess | undefined;
  #said = '';

  private constructor(
    private readonly jars: string,
    private readonly dataDir: string,
    private readonly ports: Ports,
  ) {
    this.brokers = [`127.0.0.1:${ports.clients}`];
  }

  /** @throws CannotRunKafka without Java or the jars */
  static async launch(options: KafkaOptions = {}): Promise<KafkaServer> {
    const jars = await kafkaJars();
    const [clients = 0, controller = 0, proxied = 0] = await freePorts(3);
    const dataDir = mkdtempSync(join(tmpdir(), 'fascia-kafka-'));
    const server = new KafkaServer(jars, dataDir, { clients, controller, proxied });
    writeFileSync(server.#properties, propertiesOf(dataDir, server.ports, options));
    // Sixteen bytes; a first bit of 0, or the id could begin with a dash and be read as an option.
    const clusterId = Buffer.from(
      randomBytes(16).map((byte, index) => (index === 0 ? byte & 0x7f : byte)),
    ).toString('base64url');
    await promisify(execFile)(
      'java',
      server.#java('kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', server.#properties),
    );
    await server.start().catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return server;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Behind the listener that is told to clients as `proxyPort`. */
  get proxiedPort(): number {
    return this.ports.proxied;
  }

  /** Resolves when it takes requests. */
  async start(): Promise<void> {
    this.#said = '';
    const child = spawn('java', this.#java('kafka.Kafka', this.#properties), {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = child;
    let ready = false;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-KEPT_OUTPUT);
      ready ||= this.#said.includes('Kafka Server started');
    });
    child.on('error', (error) => (this.#said += String(error)));
    const message = (): string => `a Kafka broker that is ready; it said: ${this.#said}`;
    await until(() => ready || child.exitCode !== null, { deadlineMs: START_MS, everyMs: 20, message });
    if (!ready) throw new Error(`the Kafka broker ended at once: ${this.#said}`);
  }

  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Its data go with it. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM').catch(() => this.#end('SIGKILL'));
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  get #properties(): string {
    return join(this.dataDir, 'server.properties');
  }

  #java(main: string, ...args: readonly string[]): string[] {
    return [...JVM, '-cp', join(this.jars, '*'), main, ...args];
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    child.kill(signal);
    await until(() => child.exitCode !== null || child.signalCode !== null, {
      deadlineMs: STOP_MS,
      everyMs: 20,
      message: `the end of the Kafka broker after ${signal}`,
    });
    this.#process = undefined;
  }
}

/** A broker of one's own, to be killed at will. */
export const startKafka = (options?: KafkaOptions): Promise<KafkaServer> => KafkaServer.launch(options);
