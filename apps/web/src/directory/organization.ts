/** An organisation as it is typed, what is missing of it, and what the service is sent; and how a source system is named. */
import type { BodyOf } from '../api/commands.js';
import type { Answer } from '../api/questions.js';

export type Organization = Answer<'listOrganizations'>;

type Kind = Organization['kind'];

export const KINDS = ['practice', 'clinic', 'network', 'other'] as const satisfies readonly Kind[];

export interface Typed {
  readonly name: string;
  readonly kind: Kind | '';
  readonly timeZone: string;
  readonly phone: string;
}

/** @param timeZone of whoever registers it: they are often not far away */
export const begunIn = (timeZone: string): Typed => ({ name: '', kind: '', timeZone, phone: '' });

export type Needed = 'name' | 'kind' | 'timeZone';

export const missingIn = ({ name, kind, timeZone }: Typed): readonly Needed[] => {
  const parts: readonly (readonly [Needed, boolean])[] = [
    ['name', name.trim() !== ''],
    ['kind', kind !== ''],
    ['timeZone', timeZone !== ''],
  ];
  return parts.filter(([, there]) => !there).map(([part]) => part);
};

/** @returns nothing while something of it is missing */
export const registrationOf = (typed: Typed): BodyOf<'organizations', 'RegisterOrganization'> | undefined => {
  const { kind, timeZone } = typed;
  if (kind === '' || missingIn(typed).length > 0) return undefined;
  const phone = typed.phone.trim();
  return {
    name: typed.name.trim(),
    kind,
    timeZone,
    telecom: phone === '' ? [] : [{ system: 'phone', value: phone }],
    identifiers: [],
    address: [],
  };
};

/** As the contract has it (organization.spec.ts). */
const URI = /^[a-z][a-z0-9+.-]*:\S+$/;

export const isUri = (text: string): boolean => URI.test(text.trim());
