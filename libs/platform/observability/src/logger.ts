/** The log: one JSON object a line, without secrets and without anything about a patient. */
import type { LoggerService } from '@nestjs/common';
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

/** Type, code and stack only: drivers hang statements, parameters and rows onto their errors. */
const briefError = (error: Error): object => {
  const { type, stack } = stdSerializers.err(error);
  const code = (error as { code?: unknown }).code;
  return { type, stack, ...(typeof code === 'string' ? { code } : {}) };
};

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
    if (message instanceof Error) this.#logger[level]({ ...about, err: message }, message.message);
    else this.#logger[level](about, typeof message === 'string' ? message : JSON.stringify(message));
  }
}
