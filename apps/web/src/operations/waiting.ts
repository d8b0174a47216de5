/** Everything that waits, whoever held it back, and how it is tried again. */
import type { Model, ParkedSubject } from './answers.js';
import { causeOf, type Cause } from './causes.js';

/** What one retry takes: a read model's streams, or all that processes and timers held back. */
export type Holder = { readonly model: string } | 'followers';

export interface Waiting {
  readonly id: string;
  readonly what: string;
  readonly where: string;
  readonly holder: Holder;
  readonly error: string;
  readonly cause: Cause;
  readonly since: string;
  /** What it means for people. */
  readonly effect: 'patient' | 'stream' | 'passed' | 'process';
}

/** The longest first. */
export const waitingIn = (models: readonly Model[], parked: readonly ParkedSubject[]): readonly Waiting[] =>
  [
    ...models.flatMap(({ name, parked: streams }) =>
      streams.map<Waiting>(({ stream, error, since, held, aboutPatient }) => ({
        id: `${name} ${stream}`,
        what: stream,
        where: name,
        holder: { model: name },
        error,
        cause: causeOf(error),
        since,
        effect: aboutPatient ? 'patient' : held ? 'stream' : 'passed',
      })),
    ),
    ...parked.map<Waiting>(({ follower, subject, error, since }) => ({
      id: `${follower} ${subject}`,
      what: subject,
      where: follower,
      holder: 'followers',
      error,
      cause: causeOf(error),
      since,
      effect: 'process',
    })),
  ].toSorted((one, other) => Date.parse(one.since) - Date.parse(other.since));
