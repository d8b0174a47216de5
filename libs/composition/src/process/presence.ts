/** Which processes are there: each says so every moment, so that one screen can show the whole topology. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Rows } from '@fascia/kernel';
import { errorName } from '@fascia/retry';

export const PRESENCE_SQL = `
create schema if not exists presence;
create table if not exists presence.process (
  id uuid primary key,
  name text not null,
  host text not null,
  pid integer not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  doing jsonb not null
);`;

/** What a process is busy with, in few words: partitions held, whether it leads. */
export type Doing = Readonly<Record<string, string | number | boolean | readonly number[]>>;

export interface PresentProcess {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly seenAt: string;
  /** Whether it was heard of within the last seconds. */
  readonly present: boolean;
  readonly doing: Doing;
}

type PresenceLog = (what: string, details: Readonly<Record<string, unknown>>) => void;

const EVERY_MS = 2_000;
const ABSENT_AFTER = "interval '10 seconds'";
const FORGOTTEN_AFTER = "interval '1 day'";

const SAY = `
insert into presence.process (id, name, host, pid, doing) values ($1, $2, $3, $4, $5)
on conflict (id) do update set seen_at = now(), doing = excluded.doing`;

/** One process and several cut the log differently: on one database they would build each other's lists anew for ever. */
export class NotAlone extends Error {
  override readonly name = 'NotAlone';
}

/** @param mine names of processes that may be there. @throws NotAlone */
export const assertNobodyElse = async (rows: Rows, mine: (name: string) => boolean): Promise<void> => {
  const others = (await whoIsPresent(rows)).filter(({ name, present }) => present && !mine(name));
  if (others.length === 0) return;
  const named = others.map(({ name, host, pid }) => `${name} (${host}:${String(pid)})`).join(', ');
  throw new NotAlone(
    `This database is in use by ${named}. Stop that first; if it was killed, it is forgotten after ten seconds.`,
  );
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Who was killed on this machine did not say goodbye: of these it is known for certain that they are gone. */
const forgetTheDead = async (rows: Rows): Promise<void> => {
  const here = await rows.query<{ id: string; pid: number }>(
    'select id, pid from presence.process where host = $1',
    [hostname()],
  );
  const dead = here.filter(({ pid }) => pid === process.pid || !isAlive(pid)).map(({ id }) => id);
  await rows.query('delete from presence.process where id = any($1)', [dead]);
};

/** @returns what ends it: the process then says goodbye */
export const sayPresent = (
  rows: Rows,
  name: string,
  doing: () => Doing,
  log: PresenceLog,
): { stop(): Promise<void> } => {
  const id = randomUUID();
  let saying: Promise<unknown> = Promise.resolve();
  let isSaying = false;
  const noted = (telling: Promise<unknown>): void => {
    isSaying = true;
    saying = telling
      .catch((error: unknown) => {
        log('presence could not be told', { error: errorName(error) });
      })
      .finally(() => {
        isSaying = false;
      });
  };
  const tell = () => rows.query(SAY, [id, name, hostname(), process.pid, JSON.stringify(doing())]);
  // One at a time: a database that does not answer is not asked over one connection after another.
  const say = (): void => {
    if (!isSaying) noted(tell());
  };
  noted(forgetTheDead(rows).then(tell));
  const timer = setInterval(say, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await saying;
      await rows.query('delete from presence.process where id = $1', [id]).catch(() => undefined);
    },
  };
};

export const whoIsPresent = async (rows: Rows): Promise<readonly PresentProcess[]> => {
  await rows.query(`delete from presence.process where seen_at < now() - ${FORGOTTEN_AFTER}`);
  const found = await rows.query<
    Omit<PresentProcess, 'startedAt' | 'seenAt'> & { startedAt: Date; seenAt: Date }
  >(
    `select id, name, host, pid, started_at as "startedAt", seen_at as "seenAt", seen_at > now() - ${ABSENT_AFTER} as present, doing
     from presence.process order by name, started_at`,
  );
  return found.map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    seenAt: row.seenAt.toISOString(),
  }));
};
