/**
 * Where queries are asked: rows that the caller may see, what they may do with them, and the record that they
 * looked. The SQL of a list is made from the same policy that decides about single things.
 */
import {
  relationsOf,
  type AccessPolicy,
  type Actor,
  type Category,
  type Parties,
  type Relation,
  type Rows,
} from '@fascia/kernel';

/** A read of patient data, as accounting of disclosures needs it (45 CFR 164.528). */
export interface Disclosure {
  readonly by: Actor;
  readonly patientIds: readonly string[];
  /** What was read: `referral`, `patient-timeline` … */
  readonly resource: string;
  /** The policy that allowed it. */
  readonly policy: string;
}

export interface Disclosures {
  /** @throws StoreUnavailable when records cannot be kept: then nothing is read either. */
  record(disclosure: Disclosure): void;
}

/** For each relation, the SQL that is true when organisation `@org` stands in it to the row. */
export type Scope = Readonly<Partial<Record<Relation, string>>>;

export class Seen {
  constructor(
    /** Bind {@link values} as the first parameters. */
    readonly where: string,
    readonly values: readonly unknown[],
    readonly policy: string,
  ) {}
}

export class ReadDesk {
  constructor(
    readonly rows: Rows,
    readonly policy: AccessPolicy,
    readonly disclosures: Disclosures,
  ) {}

  /** The rows of a table that the caller may see; nothing at all when no relation lets them. */
  seenBy(by: Actor, resource: Category, scope: Scope): Seen {
    const ask = { role: by.role, action: 'Read', resource };
    const always = this.policy.decide({ ...ask, relations: [] });
    if (always.allowed) return new Seen('true', [], always.policy);
    const granting = (Object.keys(scope) as Relation[]).map((relation) => ({
      relation,
      decision: this.policy.decide({ ...ask, relations: [relation] }),
    }));
    const allowed = granting.filter(({ decision }) => decision.allowed);
    if (allowed.length === 0 || by.organizationId === undefined) return new Seen('false', [], 'none');
    const parts = allowed.map(({ relation }) => `(${(scope[relation] ?? 'false').replaceAll('@org', '$1')})`);
    return new Seen(
      `(${parts.join(' or ')})`,
      [by.organizationId],
      allowed.map(({ decision }) => decision.policy).join(', '),
    );
  }

  /** Which of the commands that a state table allows now are open to this caller. */
  allowedActions(
    by: Actor,
    resource: Category,
    parties: Parties,
    legal: readonly string[],
  ): readonly string[] {
    const relations = relationsOf(by, parties);
    return [...new Set(legal)].filter(
      (action) => this.policy.decide({ role: by.role, relations, action, resource }).allowed,
    );
  }

  disclose(by: Actor, resource: string, policy: string, patientIds: readonly (string | null)[]): void {
    const known = [...new Set(patientIds.filter((id) => id !== null))];
    if (known.length > 0) this.disclosures.record({ by, resource, policy, patientIds: known });
  }
}

/** Nest token of the one {@link ReadDesk}. */
export const READ_DESK = Symbol('READ_DESK');
