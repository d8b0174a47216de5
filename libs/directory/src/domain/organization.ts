/** A practice, clinic or other organisation of the network. */
import { happened, type Decider } from '@fascia/kernel';
import type { OrganizationCommand } from '../contract/commands.js';
import type { OrganizationEvent } from '../contract/events.js';
import { refuse } from '../contract/refusals.js';

export type OrganizationState = { readonly kind: string; readonly timeZone: string } | undefined;

export const organizationDecider: Decider<
  OrganizationState,
  OrganizationCommand,
  OrganizationEvent,
  undefined
> = {
  category: 'organization',
  initial: undefined,
  evolve: (_state, fact) => ({ kind: fact.data.kind, timeZone: fact.data.timeZone }),
  decide: ({ type: _type, ...data }, state) => {
    if (state !== undefined) return refuse('ORGANIZATION_EXISTS', 'This organisation is registered already.');
    return Intl.supportedValuesOf('timeZone').includes(data.timeZone) || data.timeZone === 'UTC'
      ? happened({ type: 'OrganizationRegistered', data })
      : refuse('TIME_ZONE_UNKNOWN', 'Use a zone of the IANA time zone database, such as Europe/Berlin.', {
          pointer: '/timeZone',
        });
  },
  stage: (state) => (state === undefined ? 'none' : 'registered'),
};
