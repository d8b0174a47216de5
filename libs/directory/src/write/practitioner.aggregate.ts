/** The door of whoever works in the network, and whom they work for. */
import type { Parties, ReferencesOf } from '@fascia/kernel';
import type { Aggregate, FactTools, Reference } from '@fascia/write-door';
import { PRACTITIONER_COMMANDS, type PractitionerCommand } from '../contract/commands.js';
import { PRACTITIONER_CONTRACT, type PractitionerEvent } from '../contract/events.js';
import type { DirectoryRefusal } from '../contract/refusals.js';
import { practitionerDecider, type PractitionerState } from '../domain/practitioner.js';
import { isRegistered } from './organization.aggregate.js';

/** The person themself, and where they work. */
const partiesOfPractitioner = (id: string, state: PractitionerState): Parties => ({
  self: [id, ...(state?.account === undefined ? [] : [state.account])],
  owner: state?.roles.flatMap((role) => role.organizationId ?? []) ?? [],
});

const ACCOUNT_TAKEN: DirectoryRefusal = {
  code: 'ACCOUNT_TAKEN',
  detail: 'Another practitioner signs in with this account.',
  pointer: '/account',
};

const NPI_TAKEN: DirectoryRefusal = {
  code: 'NPI_TAKEN',
  detail: 'Another practitioner of the network has this NPI.',
  pointer: '/npi',
};

export const practitionerAggregate: Aggregate<
  PractitionerState,
  PractitionerCommand,
  PractitionerEvent,
  undefined
> = {
  decider: practitionerDecider,
  contract: PRACTITIONER_CONTRACT,
  commands: PRACTITIONER_COMMANDS,
  subject: ({ id, state }) => Promise.resolve({ parties: partiesOfPractitioner(id, state) }),
  references: {
    EnrolPractitioner: { 'roles.organizationId': isRegistered },
    AssignRole: { organizationId: isRegistered },
    EndRole: { organizationId: isRegistered },
  } satisfies ReferencesOf<typeof PRACTITIONER_COMMANDS, Reference<PractitionerState, PractitionerCommand>>,
  facts: () => Promise.resolve(undefined),
  holds: (state) => [
    ...(state?.account === undefined ? [] : [{ key: ['account', state.account], refusal: ACCOUNT_TAKEN }]),
    ...(state?.npi === undefined
      ? []
      : [{ key: ['npi', state.npi], personal: true as const, refusal: NPI_TAKEN }]),
  ],
};

/** @param organizationId whose staff it has to be of */
export const worksAt = async (
  practitionerId: string,
  organizationId: string | undefined,
  tools: Pick<FactTools, 'load'>,
): Promise<boolean> => {
  const { state } = await tools.load(practitionerAggregate, practitionerId);
  return state?.roles.some((role) => role.organizationId === organizationId) === true;
};
