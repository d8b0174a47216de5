/** A practice, clinic or other organisation of the network: the zone in which its days are counted, and the systems whose files it imports. */
import { zoneNamed } from '@fascia/clinical/calendar';
import { happened, type Decider } from '@fascia/kernel';
import type { OrganizationCommand } from '../contract/commands.js';
import type { OrganizationEvent } from '../contract/events.js';
import { refuse } from '../contract/refusals.js';

export interface SourceSystem {
  /** URI. */
  readonly system: string;
  /** Files that name no system are of this one; of one system at most. */
  readonly byDefault: boolean;
}

export interface Organization {
  readonly kind: string;
  readonly timeZone: string;
  readonly sources: readonly SourceSystem[];
}

export type OrganizationState = Organization | undefined;

/** A new one by default takes the place of the one that was. */
export const withSource = (
  sources: readonly SourceSystem[],
  named: SourceSystem,
): readonly SourceSystem[] => [
  ...sources
    .filter(({ system }) => system !== named.system)
    .map((source) => (named.byDefault ? { ...source, byDefault: false } : source)),
  named,
];

/** @param named nothing: the one that files are of by default */
export const sourceOf = (organization: Organization, named: string | undefined): SourceSystem | undefined =>
  organization.sources.find((source) => (named === undefined ? source.byDefault : source.system === named));

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
        return { kind: fact.data.kind, timeZone: fact.data.timeZone, sources: [] };
      case 'SourceSystemRegistered':
        return state && { ...state, sources: withSource(state.sources, fact.data) };
    }
  },
  decide: (command, state) => {
    switch (command.type) {
      case 'RegisterOrganization': {
        if (state !== undefined)
          return refuse('ORGANIZATION_EXISTS', 'This organisation is registered already.');
        const { type: _type, ...data } = command;
        const timeZone = zoneNamed(data.timeZone);
        return timeZone === undefined
          ? refuse('TIME_ZONE_UNKNOWN', 'Use a zone of the IANA time zone database, such as Europe/Berlin.', {
              pointer: '/timeZone',
            })
          : happened({ type: 'OrganizationRegistered', data: { ...data, timeZone } });
      }
      case 'RegisterSourceSystem': {
        const { system, byDefault } = command;
        const known = state?.sources.some(
          (source) => source.system === system && source.byDefault === byDefault,
        );
        return known === true
          ? happened()
          : happened({ type: 'SourceSystemRegistered', data: { system, byDefault } });
      }
    }
  },
  stage: (state) => (state === undefined ? 'none' : 'registered'),
};
