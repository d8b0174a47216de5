/** The log: one JSON object a line, without secrets and without anything about a patient. */
import type { LoggerService } from '@nestjs/common';
import { errorName, sqlStateOf } from '@fascia/retry';
import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Names that hold secrets or people's data wherever they turn up, at the top or one level down. */
const CENSORED = [
  'authorization',
  'cookie',
  'token',
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
  'secret',
  'password',
  'key',
  'body',
  'query',
  'url',
  'headers',
  'name',
  'birthDate',
  'contact',
  'identifiers',
  'address',
  'phone',
  'email',
];

export interface LoggerOptions {
  readonly level?: string;
  /** Standard output when absent. */
  readonly stream?: DestinationStream;
}

export const createLogger = ({ level = 'info', stream }: LoggerOptions = {}): Logger => {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: briefError },
    redact: { paths: CENSORED.flatMap((name) => [name, `*.${name}`]), censor: '[left out]' },
  };
  return stream === undefined ? pino(options) : pino(options, stream);
};

/** Class, code, place and stack only: drivers hang statements, parameters and rows onto their errors, and databases quote values. */
const briefError = (error: Error): object => {
  const { stack = '' } = stdSerializers.err(error);
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '));
  return {
    type: errorName(error),
    stack: sqlStateOf(error) === undefined ? stack : frames.join('\n'),
  };
};

/** The sentence of an error that is not a database's. */
const sayable = (error: Error): string =>
  sqlStateOf(error) === undefined ? error.message : errorName(error);

/** What Nest itself has to say, in the same log. */
export class NestLog implements LoggerService {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }

  /** Nest passes its context as the last text, and a stack before it. */
  #write(
    level: 'trace' | 'debug' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: readonly unknown[],
  ): void {
    const texts = rest.filter((part) => typeof part === 'string');
    const context = texts.at(-1);
    const about = {
      ...(context === undefined ? {} : { context }),
      ...(texts.length > 1 ? { stack: texts[0] } : {}),
    };
    if (message instanceof Error) this.#logger[level]({ ...about, err: message }, sayable(message));
    else this.#logger[level](about, typeof message === 'string' ? message : JSON.stringify(message));
  }
}
