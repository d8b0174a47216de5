/**
 * Where queries are asked: rows that the caller may see, what they may do with them, and the record that they
 * looked. What a list shows follows from the same policy that decides about single things.
 */
import {
  relationsOf,
  type AccessPolicy,
  type Actor,
  type Category,
  type Clock,
  type Parties,
  type PurposeOfUse,
  type Relation,
  type Rows,
} from '@fascia/kernel';
import { tablesIn } from './fitting-rows.js';
import { streamsLacking, type LackedBy } from './lacking.js';

/** What was asked, where, and what for: of it a record is made, whether or not anything was shown. */
export interface Occasion {
  /** Method and address as a pattern, which no id and no name is part of: `GET /api/v1/referrals/:id`. */
  readonly route: string;
  /** The id that the address names. */
  readonly objectId?: string | undefined;
  /** As the caller says it; absent: what their role is there for. */
  readonly purpose?: PurposeOfUse | undefined;
}

interface Looked {
  readonly by: Actor;
  readonly on: Occasion;
}

/** A letter that left. */
export interface LetterGiven {
  /** Of its bytes, hex. */
  readonly sha256: string;
  readonly template: string;
  /** Of the last event that it tells of. */
  readonly position: string;
}

/** A read of patient data, as accounting of disclosures needs it (45 CFR 164.528). */
export interface Disclosure extends Looked {
  readonly kind: 'read';
  readonly patientIds: readonly string[];
  /** What was read: `referral`, `patient-timeline` … */
  readonly resource: string;
  /** The policy that allowed it. */
  readonly policy: string;
  /** What was given out to be kept, where it was: by its digest it is known for what it is said to be. */
  readonly letter?: LetterGiven;
}

/** Something was asked of a patient, and nothing was shown: there is none, or none for this caller. */
export interface EmptyQuery extends Looked {
  readonly kind: 'queried';
  readonly patientIds: readonly string[];
  readonly resource: string;
}

/** A request that was told no: `denied` by who asked, `refused` by a rule. */
export interface RequestRefused extends Looked {
  readonly kind: 'denied' | 'refused';
  /** Those that the request names; whom the object of the address is about is found out when it is kept. */
  readonly patientIds: readonly string[];
  readonly code: string;
}

export type Access = Disclosure | EmptyQuery | RequestRefused;

export interface AccessLog {
  /** @throws StoreUnavailable when records cannot be kept: then nothing is read either. */
  record(access: Access): void;
}

/** Which rows of a kind a caller may see, and by which policies. */
export interface Seen {
  /** `all`: whatever the caller is to them; an empty list: none. */
  readonly relations: 'all' | readonly Relation[];
  readonly policy: string;
}

export class ReadDesk {
  constructor(
    readonly rows: Rows,
    readonly policy: AccessPolicy,
    readonly log: AccessLog,
    readonly clock: Clock,
  ) {}

  /**
   * By which relations the caller may see rows; by none when no policy lets them.
   * @param deed what rows are shown for
   */
  seenBy(
    by: Actor,
    resource: Category,
    scope: Readonly<Partial<Record<Relation, unknown>>>,
    deed = 'Read',
  ): Seen {
    const ask = { role: by.role, action: deed, resource };
    const always = this.policy.decide({ ...ask, relations: [] });
    if (always.allowed) return { relations: 'all', policy: always.policy };
    const isOfAll = by.organizationId === undefined;
    const allowed = (Object.keys(scope) as Relation[])
      .filter((relation) => (relation === 'network') === isOfAll)
      .map((relation) => ({ relation, decision: this.policy.decide({ ...ask, relations: [relation] }) }))
      .filter(({ decision }) => decision.allowed);
    if (allowed.length === 0) return { relations: [], policy: 'none' };
    return {
      relations: allowed.map(({ relation }) => relation),
      policy: allowed.map(({ decision }) => decision.policy).join(', '),
    };
  }

  /** Which of the commands that a state table allows now are open to this caller. */
  allowedActions<T extends string>(
    by: Actor,
    resource: Category,
    parties: Parties,
    legal: readonly T[],
  ): readonly T[] {
    const relations = relationsOf(by, parties);
    return [...new Set(legal)].filter(
      (action) => this.policy.decide({ role: by.role, relations, action, resource }).allowed,
    );
  }
}

/**
 * A desk for one question. It keeps the record of who looked, and notes what the answer is made from: whoever answers can say then what
 * is lacking in it. People are those whose data were shown.
 */
export class NotingDesk extends ReadDesk {
  readonly #models: Set<string>;
  readonly #patients = new Set<string>();
  readonly #all: Rows;
  readonly #on: Occasion;

  constructor({ rows, policy, log, clock }: ReadDesk, on: Occasion) {
    const models = new Set<string>();
    super(
      {
        query: (text, values) => {
          for (const name of tablesIn(text)) models.add(name);
          return rows.query(text, values);
        },
      },
      policy,
      log,
      clock,
    );
    this.#models = models;
    this.#all = rows;
    this.#on = on;
  }

  disclose(by: Actor, resource: string, policy: string, patientIds: readonly (string | null)[]): void {
    const known = [...new Set(patientIds.filter((id) => id !== null))];
    if (known.length === 0) return;
    this.log.record({ kind: 'read', by, on: this.#on, resource, policy, patientIds: known });
    for (const id of known) this.#patients.add(id);
  }

  /** Of people who were asked about: a record that somebody did, where the answer showed nothing of them. */
  asked(by: Actor, resource: string, patientIds: readonly string[]): void {
    const unseen = patientIds.filter((id) => !this.#patients.has(id));
    if (unseen.length > 0)
      this.log.record({ kind: 'queried', by, on: this.#on, resource, patientIds: unseen });
  }

  /** How many streams the tables lack that were asked. @param only of these, and of the people that were shown; of all when absent */
  lacking(only?: Partial<NonNullable<LackedBy['only']>>): Promise<number> {
    const models = [...this.#models];
    if (only === undefined) return streamsLacking(this.#all, { models });
    const patients = [...this.#patients, ...(only.patients ?? [])];
    return streamsLacking(this.#all, { models, only: { patients, id: only.id } });
  }
}

/** Nest token of the one {@link ReadDesk}. */
export const READ_DESK = Symbol('READ_DESK');
