import { Failure } from './failure.js';

/** Errors that a person can mend get their sentence; others are bugs and keep their stack. */
const MENDABLE = ['SettingsInvalid', 'AlreadyRunning', 'CannotRunPostgres', 'UnsafeServer', 'LoopbackOnly', 'NotAlone'];

export const mendable = (error: unknown): Failure | undefined =>
  error instanceof Error && MENDABLE.includes(error.name) ? new Failure(error.message)
  : (error as { code?: string }).code === 'EADDRINUSE' ? new Failure('The port is taken by another program: choose one with --port or FASCIA_PORT.')
  : undefined;
