/**
 * In which of their roles a caller acts, and for whom. One person may hold several; a request chooses one by `Fascia-Role`
 * (`physician@<organisation id>`, or `physician` where that says enough). One that chooses none is for the first of theirs that may.
 * `Fascia-On-Behalf-Of` names the physician for whom a delegate acts, or whom a colleague covers (docs/domain/people.md#roles), and
 * `Fascia-Purpose` what for, where it is something else than the role is there for.
 */
import { PURPOSES_OF_USE, type Actor, type PurposeOfUse, type Role } from '@fascia/kernel';
import { AccessRefused } from './access-refused.js';

export const ROLE_HEADER = 'Fascia-Role';
export const ON_BEHALF_HEADER = 'Fascia-On-Behalf-Of';
export const PURPOSE_HEADER = 'Fascia-Purpose';

/** A delegate acts for a physician; a physician covers one. */
const MAY_ACT_FOR_ANOTHER: readonly Role[] = ['delegate', 'physician'];

/** As the header says it. */
export const roleName = ({ role, organizationId }: Pick<Actor, 'role' | 'organizationId'>): string =>
  organizationId === undefined ? role : `${role}@${organizationId}`;

const refused = (code: string, detail: string, roles: readonly Actor[]): AccessRefused =>
  new AccessRefused(403, code, detail, { about: { roles: roles.map(roleName) } });

const notYours = (roles: readonly Actor[]): AccessRefused =>
  refused(
    'ROLE_NOT_YOURS',
    `You do not hold the role that ${ROLE_HEADER} names: choose one of yours.`,
    roles,
  );

const notForThem = (roles: readonly Actor[]): AccessRefused =>
  refused(
    'ON_BEHALF_NOT_ALLOWED',
    `A delegate acts for a physician of the same organisation, and a physician covers one: ${ON_BEHALF_HEADER} names another.`,
    roles,
  );

/** Who works where. */
export interface Colleagues {
  /** Whether that practitioner is a physician there, and not suspended. */
  isPhysicianIn(practitionerId: string, organizationId: string): Promise<boolean>;
}

export interface Acting {
  /** Every role that the caller holds, in the order in which they were given. */
  readonly held: readonly Actor[];
  /** Of them those that this request may be made in, at least one; the first that may is taken. */
  readonly as: readonly [Actor, ...Actor[]];
  /** What the caller says they do it for; absent: what the role is there for. */
  readonly purpose?: PurposeOfUse;
}

export interface Chosen {
  readonly role?: string | undefined;
  readonly onBehalfOf?: string | undefined;
  readonly purpose?: string | undefined;
}

const purposeNamed = (said: string): PurposeOfUse => {
  const purpose = PURPOSES_OF_USE.find((one) => one === said);
  if (purpose !== undefined) return purpose;
  throw new AccessRefused(
    400,
    'PURPOSE_UNKNOWN',
    `${PURPOSE_HEADER} takes a code of HL7 PurposeOfUse: ${PURPOSES_OF_USE.join(', ')}.`,
  );
};

/** @throws AccessRefused 403, which says what roles there are; 400 for a purpose that is none */
export const actingAs = async (
  held: readonly Actor[],
  { role, onBehalfOf, purpose }: Chosen,
  directory: Colleagues,
): Promise<Acting> => {
  const chosen = held.filter((one) => role === undefined || one.role === role || roleName(one) === role);
  if (chosen.length === 0) throw notYours(held);
  const as = onBehalfOf === undefined ? chosen : await forAnother(chosen, onBehalfOf, directory);
  const [first, ...others] = as;
  if (first === undefined) throw notForThem(held);
  return {
    held,
    as: [first, ...others],
    ...(purpose === undefined ? {} : { purpose: purposeNamed(purpose) }),
  };
};

const forAnother = async (
  roles: readonly Actor[],
  onBehalfOf: string,
  directory: Colleagues,
): Promise<readonly Actor[]> => {
  const acting = await Promise.all(
    roles.map(async (one) => {
      const { role, organizationId, practitionerId } = one;
      const may =
        MAY_ACT_FOR_ANOTHER.includes(role) && organizationId !== undefined && practitionerId !== onBehalfOf;
      return may && (await directory.isPhysicianIn(onBehalfOf, organizationId))
        ? [{ ...one, onBehalfOf }]
        : [];
    }),
  );
  return acting.flat();
};
