/** What was typed of somebody who is new in the directory, what is missing of it, and what the service is sent. */
import type { BodyOf } from '../api/commands.js';
import { missingInRole, NO_ROLE, roleIn, type RoleNeeded, type RoleTyped } from './roles.js';

export interface Typed extends RoleTyped {
  readonly given: string;
  readonly family: string;
  /** Subject of their access tokens; empty for who does not sign in. */
  readonly account: string;
  /** National Provider Identifier. */
  readonly npi: string;
  /** Codes of NUCC, with commas between them. */
  readonly taxonomies: string;
}

export const NOBODY: Typed = { ...NO_ROLE, given: '', family: '', account: '', npi: '', taxonomies: '' };

/** Whether the check digit fits the service says. */
const NPI = /^\d{10}$/;
const TAXONOMY = /^[0-9A-Z]{10}$/;

export const taxonomiesIn = (text: string): string[] =>
  text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((code) => code !== '');

export type Missing = 'name' | 'npi' | 'taxonomies' | RoleNeeded;

export const missingIn = (typed: Typed): readonly Missing[] => {
  const npi = typed.npi.trim();
  const parts: readonly (readonly [Missing, boolean])[] = [
    ['name', typed.given.trim() !== '' || typed.family.trim() !== ''],
    ['npi', npi === '' || NPI.test(npi)],
    ['taxonomies', taxonomiesIn(typed.taxonomies).every((code) => TAXONOMY.test(code))],
  ];
  return [...parts.filter(([, there]) => !there).map(([part]) => part), ...missingInRole(typed)];
};

/** @returns nothing while something of it is missing */
export const enrolmentOf = (typed: Typed): BodyOf<'practitioners', 'EnrolPractitioner'> | undefined => {
  const role = roleIn(typed);
  if (role === undefined || missingIn(typed).length > 0) return undefined;
  const [given, account, npi] = [typed.given.trim(), typed.account.trim(), typed.npi.trim()];
  return {
    name: { family: typed.family.trim(), given: given === '' ? [] : given.split(/\s+/), prefix: [] },
    ...(account === '' ? {} : { account }),
    ...(npi === '' ? {} : { npi }),
    taxonomies: taxonomiesIn(typed.taxonomies),
    address: [],
    roles: [role],
  };
};
