/** Roles: those that are given here, where one is held, and what is missing of one that is typed. */
import type { Role } from '@fascia/kernel/contract';

/** Of whoever works in the network: a patient does not, and the product acts by itself. */
export const GIVEN = [
  'physician',
  'delegate',
  'therapist',
  'coordinator',
  'scheduler',
  'records',
  'auditor',
  'operator',
] as const satisfies readonly Role[];

type GivenRole = (typeof GIVEN)[number];

/** Whose work may be for one organisation or for all of them. */
const EVERYWHERE: readonly string[] = ['records', 'auditor', 'operator'];

export const mayBeEverywhere = (role: string): boolean => EVERYWHERE.includes(role);

export interface Held {
  readonly role: Role;
  /** Absent: in the whole network. */
  readonly organizationId?: string | undefined;
}

/** What is said where a place has no name. */
interface PlaceWords {
  readonly everywhere: string;
  readonly asked: string;
  readonly unknown: string;
}

/** @param names of organisations by id; nothing while they are asked for */
export const placeIn = (
  { organizationId }: Pick<Held, 'organizationId'>,
  names: ReadonlyMap<string, string> | undefined,
  words: PlaceWords,
): string => {
  if (organizationId === undefined) return words.everywhere;
  return names === undefined ? words.asked : (names.get(organizationId) ?? words.unknown);
};

export interface RoleTyped {
  readonly role: GivenRole | '';
  readonly organizationId: string;
}

export const NO_ROLE: RoleTyped = { role: '', organizationId: '' };

export type RoleNeeded = keyof RoleTyped;

export const missingInRole = ({ role, organizationId }: RoleTyped): readonly RoleNeeded[] => {
  const parts: readonly (readonly [RoleNeeded, boolean])[] = [
    ['role', role !== ''],
    ['organizationId', organizationId !== '' || mayBeEverywhere(role)],
  ];
  return parts.filter(([, there]) => !there).map(([part]) => part);
};

/** @returns nothing while something of it is missing */
export const roleIn = ({
  role,
  organizationId,
}: RoleTyped): { readonly role: GivenRole; readonly organizationId?: string } | undefined => {
  if (role === '') return undefined;
  if (organizationId !== '') return { role, organizationId };
  return mayBeEverywhere(role) ? { role } : undefined;
};
