/** Anyone who works in the network: their roles, account, licences, and whether they are suspended. */
import {
  happened,
  sameJson,
  type CalendarDate,
  type Decider,
  type Decision,
  type Role,
} from '@fascia/kernel';
import type { PractitionerCommand } from '../contract/commands.js';
import type { Licence, PractitionerEvent, RoleHeld } from '../contract/events.js';
import { isNpi } from '../contract/npi.js';
import { refuse } from '../contract/refusals.js';

// State

export interface Practitioner {
  readonly account?: string | undefined;
  readonly npi?: string | undefined;
  /** As they were enrolled: a file that says otherwise changes nothing. */
  readonly enrolled: Pick<Enrolled, 'name' | 'npi' | 'taxonomies' | 'address'>;
  readonly taxonomies: readonly string[];
  readonly roles: readonly RoleHeld[];
  readonly licences: readonly Licence[];
  readonly suspended: boolean;
}

type Enrolled = Extract<PractitionerEvent, { type: 'PractitionerEnrolled' }>['data'];

export type PractitionerState = Practitioner | undefined;

export const isLicensedOn = (practitioner: Pick<Practitioner, 'licences'>, day: CalendarDate): boolean =>
  practitioner.licences.some((licence) => licence.from <= day && day <= licence.to);

/** Every signature checks this at the time it is made (docs/domain/people.md#signing). */
export const maySignOn = (practitioner: Practitioner, day: CalendarDate): boolean =>
  !practitioner.suspended && isLicensedOn(practitioner, day);

const sameRole = (a: RoleHeld, b: RoleHeld): boolean =>
  a.role === b.role && a.organizationId === b.organizationId;
const roleOf = ({ role, organizationId }: RoleHeld): { role: Role; organizationId?: string } => ({
  role,
  ...(organizationId === undefined ? {} : { organizationId }),
});

// Decisions

const enrolled = (data: Enrolled): Decision<PractitionerEvent> =>
  data.npi === undefined || isNpi(data.npi)
    ? happened({ type: 'PractitionerEnrolled', data })
    : refuse('NPI_INVALID', 'The check digit does not fit: compare the number with its card.', {
        pointer: '/npi',
      });

const decide: Decider<PractitionerState, PractitionerCommand, PractitionerEvent, undefined>['decide'] = (
  command,
  state,
) => {
  if (command.type === 'ReceivePractitioner') {
    const { type: _type, ...said } = command;
    if (state === undefined) return enrolled({ ...said, roles: [] });
    return sameJson(said, state.enrolled)
      ? happened()
      : refuse('SOURCE_DIFFERS', 'The directory has it otherwise, and no file corrects the directory.');
  }
  if (command.type === 'EnrolPractitioner') {
    if (state !== undefined) return refuse('PRACTITIONER_EXISTS', 'This practitioner is enrolled already.');
    const { type: _type, ...data } = command;
    return enrolled(data);
  }
  if (state === undefined) return refuse('PRACTITIONER_UNKNOWN', 'There is no such practitioner.');
  switch (command.type) {
    case 'RecordLicence': {
      const { type: _type, ...data } = command;
      return data.from > data.to
        ? refuse('PERIOD_REVERSED', 'A licence ends after it begins.', { pointer: '/to' })
        : happened({ type: 'LicenceRecorded', data });
    }
    case 'SuspendPractitioner':
      return state.suspended
        ? happened()
        : happened({ type: 'PractitionerSuspended', data: { reason: command.reason } });
    case 'ReinstatePractitioner':
      return state.suspended
        ? happened({ type: 'PractitionerReinstated', data: { reason: command.reason } })
        : happened();
    case 'AssignRole':
      return state.roles.some((role) => sameRole(role, command))
        ? happened()
        : happened({ type: 'RoleAssigned', data: roleOf(command) });
    case 'EndRole':
      return state.roles.some((role) => sameRole(role, command))
        ? happened({ type: 'RoleEnded', data: roleOf(command) })
        : refuse('ROLE_NOT_HELD', 'The practitioner does not hold this role there.');
  }
};

export const practitionerDecider: Decider<
  PractitionerState,
  PractitionerCommand,
  PractitionerEvent,
  undefined
> = {
  category: 'practitioner',
  initial: undefined,
  evolve: (state, fact) => {
    if (fact.type === 'PractitionerEnrolled') {
      const { account, roles, ...enrolled } = fact.data;
      const { npi, taxonomies } = enrolled;
      return { account, npi, enrolled, taxonomies, roles, licences: [], suspended: false };
    }
    if (state === undefined) return state;
    switch (fact.type) {
      case 'LicenceRecorded':
        return { ...state, licences: [...state.licences, fact.data] };
      case 'PractitionerSuspended':
        return { ...state, suspended: true };
      case 'PractitionerReinstated':
        return { ...state, suspended: false };
      case 'RoleAssigned':
        return { ...state, roles: [...state.roles, fact.data] };
      case 'RoleEnded':
        return { ...state, roles: state.roles.filter((role) => !sameRole(role, fact.data)) };
    }
  },
  decide,
  stage: (state) => (state === undefined ? 'none' : state.suspended ? 'suspended' : 'active'),
};
