/** A practice, clinic or other organisation of the network: the zone in which its days are counted, and the systems whose files it imports. */
import { WEEKENDS_OFF, zoneNamed, type WorkCalendar } from '@fascia/clinical/calendar';
import { happened, sameJson, type Decider, type Decision } from '@fascia/kernel';
import type { OrganizationCommand } from '../contract/commands.js';
import type { OrganizationEvent } from '../contract/events.js';
import { refuse } from '../contract/refusals.js';
import { withSource, type SourceSystem } from '../contract/sources.js';

export interface Organization {
  readonly kind: string;
  readonly timeZone: string;
  readonly daysOff: Omit<WorkCalendar, 'zone'>;
  /** As it was registered: a file that says otherwise changes nothing. */
  readonly registered: Omit<Registered, 'kind' | 'timeZone'>;
  readonly sources: readonly SourceSystem[];
}

type Registered = Extract<OrganizationEvent, { type: 'OrganizationRegistered' }>['data'];

export type OrganizationState = Organization | undefined;

const registeredAs = ({ kind, timeZone, ...registered }: Registered): Organization => ({
  kind,
  timeZone,
  daysOff: WEEKENDS_OFF,
  registered,
  sources: [],
});

const DIFFERS: Decision<never> = refuse(
  'SOURCE_DIFFERS',
  'The directory has it otherwise, and no file corrects the directory.',
);

const ZONE_UNKNOWN: Decision<never> = refuse(
  'TIME_ZONE_UNKNOWN',
  'Use a zone of the IANA time zone database, such as Europe/Berlin.',
  { pointer: '/timeZone' },
);

/** Each once, in order. */
const sorted = <T extends number | string>(days: readonly T[]): T[] => [...new Set(days)].sort();

export const organizationDecider: Decider<
  OrganizationState,
  OrganizationCommand,
  OrganizationEvent,
  undefined
> = {
  category: 'organization',
  initial: undefined,
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'OrganizationRegistered':
        return registeredAs(fact.data);
      case 'OrganizationTimeZoneCorrected':
        return state && { ...state, timeZone: fact.data.timeZone };
      case 'WorkCalendarSet':
        return state && { ...state, daysOff: fact.data };
      case 'SourceSystemRegistered':
        return state && { ...state, sources: withSource(state.sources, fact.data) };
    }
  },
  decide: (command, state) => {
    if (command.type === 'RegisterOrganization') {
      const { type: _type, ...data } = command;
      if (state !== undefined)
        return refuse('ORGANIZATION_EXISTS', 'This organisation is registered already.');
      const timeZone = zoneNamed(data.timeZone);
      return timeZone === undefined
        ? ZONE_UNKNOWN
        : happened({ type: 'OrganizationRegistered', data: { ...data, timeZone } });
    }
    if (command.type === 'ReceiveOrganization') {
      const { type: _type, ...said } = command;
      // A file knows no zone: an operator corrects it.
      if (state === undefined)
        return happened({
          type: 'OrganizationRegistered',
          data: { ...said, kind: 'other', timeZone: 'UTC' },
        });
      return sameJson(said, state.registered) ? happened() : DIFFERS;
    }
    if (state === undefined) return refuse('ORGANIZATION_UNKNOWN', 'There is no such organisation.');
    if (command.type === 'RegisterSourceSystem') {
      const { system, byDefault } = command;
      const isKnown = state.sources.some(
        (source) => source.system === system && source.byDefault === byDefault,
      );
      return isKnown ? happened() : happened({ type: 'SourceSystemRegistered', data: { system, byDefault } });
    }
    if (command.type === 'SetWorkCalendar') {
      const daysOff = { weekend: sorted(command.weekend), holidays: sorted(command.holidays) };
      return sameJson(daysOff, state.daysOff)
        ? happened()
        : happened({ type: 'WorkCalendarSet', data: daysOff });
    }
    const timeZone = zoneNamed(command.timeZone);
    if (timeZone === undefined) return ZONE_UNKNOWN;
    return timeZone === state.timeZone
      ? happened()
      : happened({ type: 'OrganizationTimeZoneCorrected', data: { timeZone } });
  },
  stage: (state) => (state === undefined ? 'none' : 'registered'),
};
