/**
 * The access port: rights come from what a caller's organisation is to a thing, never from the token.
 * One policy room answers, denies by default, and names the policy that decided.
 */
import type { Actor, Role } from './actor.js';
import type { Category } from './category.js';

/**
 * What an organisation (or a person) is to a thing: `home` holds the patient's record, `referrer` placed the
 * order, `recipient` is the current one, `pool` may claim, `owner` keeps a directory entry, `self` is the person, `network` answers
 * for all organisations and belongs to none.
 */
export const RELATIONS = ['home', 'referrer', 'recipient', 'pool', 'owner', 'self', 'network'] as const;

export type Relation = (typeof RELATIONS)[number];

/** Ids of organisations, practitioners or subjects, by relation. */
export type Parties = Readonly<Partial<Record<Relation, readonly string[]>>>;

export const relationsOf = (actor: Actor, parties: Parties): readonly Relation[] => {
  const names = [actor.organizationId, actor.practitionerId, actor.sub].filter((name) => name !== undefined);
  return RELATIONS.filter((relation) => parties[relation]?.some((id) => names.includes(id)) === true);
};

/**
 * What patient data are used for: those codes of the HL7 v3 value set PurposeOfUse (`urn:oid:2.16.840.1.113883.1.11.20448`) that a
 * clinic, a payer, a regulator or the patient has.
 */
export const PURPOSES_OF_USE = [
  'TREAT',
  'ETREAT',
  'CAREMGT',
  'HPAYMT',
  'HOPERAT',
  'HCOMPL',
  'HLEGAL',
  'HQUALIMP',
  'HRESCH',
  'HSYSADMIN',
  'PATADMIN',
  'PATRQT',
  'PATSFTY',
  'PUBHLTH',
] as const;

export type PurposeOfUse = (typeof PURPOSES_OF_USE)[number];

/** What a role is there for, where nobody says otherwise; every other role treats. */
const STANDING_PURPOSES: Readonly<Partial<Record<Role, PurposeOfUse>>> = {
  auditor: 'HCOMPL',
  operator: 'HSYSADMIN',
  patient: 'PATRQT',
  records: 'PATADMIN',
};

export const standingPurposeOf = (role: Role): PurposeOfUse => STANDING_PURPOSES[role] ?? 'TREAT';

export interface AccessRequest {
  readonly role: Role;
  readonly relations: readonly Relation[];
  /** A command's type (`SendReferral`) or a deed, such as `Read`. */
  readonly action: string;
  readonly resource: Category;
}

export interface AccessPolicy {
  /** Pure and memoised: the same request has the same answer for the life of the process. */
  decide(request: AccessRequest): { readonly allowed: boolean; readonly policy: string };
}

/**
 * Who may give which commands: those roles, when what their organisation is to the thing is one of these relations. A context
 * says it as rows; the policy room makes its policies of them, so that a role is written once.
 */
export interface Permission<Command extends string = string> {
  /** Names the policy that is made of it: `plan.therapist`. */
  readonly id: string;
  readonly roles: readonly Role[];
  readonly commands: readonly Command[];
  /** `anything`: also who is nothing to it. */
  readonly when: readonly Relation[] | 'anything';
  readonly resource: Category;
}

type Row<Command extends string> = Omit<Permission<Command>, 'id' | 'resource'>;

/** @param rows by the last part of their ids */
export const permissions = <Command extends string>(
  resource: Category,
  rows: Readonly<Record<string, Row<Command>>>,
): readonly Permission<Command>[] =>
  Object.entries(rows).map(([name, row]) => ({ id: `${resource}.${name}`, resource, ...row }));
