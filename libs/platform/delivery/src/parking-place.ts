/**
 * Where the subjects of a follower wait whose event could not be taken: a process's instance, a stream. Others go on. What comes
 * for a parked subject is held back, so that nothing is done out of order; nothing of it is lost, as it stands in the log.
 */
import type { Position, Rows } from '@fascia/kernel';

export interface ParkedSubject {
  readonly follower: string;
  readonly subject: string;
  /** Of the first event that could not be taken. */
  readonly position: Position;
  /** The error's name: its message may hold what it choked on. */
  readonly error: string;
  /** ISO 8601. */
  readonly since: string;
}

export const parkedSubjects = async (rows: Rows): Promise<readonly ParkedSubject[]> => {
  const found = await rows.query<Omit<ParkedSubject, 'position'> & { position: string }>(
    `select follower, subject, position::text as position, error,
       to_char(parked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since
     from delivery.parked order by parked_at, subject`,
  );
  return found.map((row) => ({ ...row, position: BigInt(row.position) }));
};

/** Asks that what waits be tried again, by whichever process follows. @returns how many subjects wait */
export const retryParked = async (rows: Rows, subject?: string): Promise<number> => {
  const asked = await rows.query(
    'update delivery.parked set retry = true where $1::text is null or subject = $1 returning subject',
    [subject ?? null],
  );
  return asked.length;
};

/** A subject that somebody asked to be tried again. */
export interface AskedFor extends Pick<ParkedSubject, 'subject' | 'error'> {
  readonly from: Position;
}

/** One follower's share of the table, as all processes see it. */
export class ParkingPlace {
  constructor(
    private readonly rows: Rows,
    private readonly follower: string,
  ) {}

  async subjects(): Promise<ReadonlySet<string>> {
    const found = await this.rows.query<{ subject: string }>(
      'select subject from delivery.parked where follower = $1',
      [this.follower],
    );
    return new Set(found.map(({ subject }) => subject));
  }

  async park(subject: string, position: Position, error: string): Promise<void> {
    await this.rows.query(
      `insert into delivery.parked (follower, subject, position, held, error) values ($1, $2, $3, $3, $4)
       on conflict (follower, subject) do update set position = least(parked.position, excluded.position),
         held = greatest(parked.held, excluded.held), error = excluded.error, retry = false`,
      [this.follower, subject, position.toString(), error],
    );
  }

  /** @returns false when the subject waits no longer: then its event is to be taken */
  async hold(subject: string, position: Position): Promise<boolean> {
    const held = await this.rows.query(
      `update delivery.parked set position = least(position, $3::bigint), held = greatest(held, $3::bigint)
       where follower = $1 and subject = $2 returning subject`,
      [this.follower, subject, position.toString()],
    );
    return held.length > 0;
  }

  /** One that somebody asked to be tried again; it stays asked for until it is released, or parked once more. */
  async askedFor(): Promise<AskedFor | undefined> {
    const [found] = await this.rows.query<{ subject: string; position: string; error: string }>(
      `select subject, position::text as position, error from delivery.parked where follower = $1 and retry
       order by position, subject limit 1`,
      [this.follower],
    );
    return found && { subject: found.subject, from: BigInt(found.position), error: found.error };
  }

  /** @param taken everything of the subject up to there has been. @returns false when more was held back since */
  async release(subject: string, taken: Position): Promise<boolean> {
    const released = await this.rows.query(
      'delete from delivery.parked where follower = $1 and subject = $2 and held <= $3 returning subject',
      [this.follower, subject, taken.toString()],
    );
    return released.length > 0;
  }
}
