/** The door of the organisation, and what others ask of it before they decide: which day it is there. */
import { dayOf, weekdaysIn, type WorkCalendar, type Zone } from '@fascia/clinical/calendar';
import type { CalendarDate, Command, Instant } from '@fascia/kernel';
import type { Aggregate, FactTools, Naming } from '@fascia/write-door';
import { ORGANIZATION_COMMANDS, type OrganizationCommand } from '../contract/commands.js';
import { ORGANIZATION_CONTRACT, type OrganizationEvent } from '../contract/events.js';
import { organizationDecider, type OrganizationState } from '../domain/organization.js';

export const organizationAggregate: Aggregate<
  OrganizationState,
  OrganizationCommand,
  OrganizationEvent,
  undefined
> = {
  decider: organizationDecider,
  contract: ORGANIZATION_CONTRACT,
  commands: ORGANIZATION_COMMANDS,
  facts: () => Promise.resolve(undefined),
  subject: ({ id }) => Promise.resolve({ parties: { owner: [id] } }),
  references: {},
};

type Loading = Pick<FactTools, 'load'>;

/** The network's directory of organisations is everybody's to read. */
export const isRegistered = async (
  { named }: Pick<Naming<unknown, Command>, 'named'>,
  tools: Loading,
): Promise<boolean> => (await tools.load(organizationAggregate, named)).version > 0;

/** When an organisation works; of nobody, or of one that is not registered: on weekdays in UTC. */
export const calendarOf = async (
  organizationId: string | undefined,
  tools: Loading,
): Promise<WorkCalendar> => {
  if (organizationId === undefined) return weekdaysIn('UTC');
  const { state } = await tools.load(organizationAggregate, organizationId);
  return state === undefined ? weekdaysIn('UTC') : { zone: state.timeZone, ...state.daysOff };
};

/**
 * The zone in which an organisation counts its days (docs/domain/days.md).
 * @param organizationId of nobody, or of one that is not registered: UTC
 */
export const zoneOf = async (organizationId: string | undefined, tools: Loading): Promise<Zone> =>
  (await calendarOf(organizationId, tools)).zone;

/** The day that it is there. */
export const dayAt = async (
  organizationId: string | undefined,
  at: Instant,
  tools: Loading,
): Promise<CalendarDate> => dayOf(at, await zoneOf(organizationId, tools));
