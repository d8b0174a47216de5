/** A service listing: what an organisation offers, to whom, and whether it takes patients now. */
import { happened, type Decider } from '@fascia/kernel';
import type { ListingCommand } from '../contract/commands.js';
import type { CAPACITIES, ListingEvent, Offer } from '../contract/events.js';
import { refuse } from '../contract/refusals.js';

type Capacity = (typeof CAPACITIES)[number];

export interface Listing extends Offer {
  readonly organizationId: string;
  readonly capacity: Capacity;
  readonly published: boolean;
}

export type ListingState = Listing | undefined;

const decide: Decider<ListingState, ListingCommand, ListingEvent, undefined>['decide'] = (
  command,
  state,
  { by },
) => {
  if (
    'ageMin' in command &&
    command.ageMin !== undefined &&
    command.ageMax !== undefined &&
    command.ageMin > command.ageMax
  ) {
    return refuse('PERIOD_REVERSED', 'The youngest age is not above the oldest.', { pointer: '/ageMax' });
  }
  if (command.type === 'PublishListing') {
    if (state !== undefined) return refuse('LISTING_EXISTS', 'This listing is published already.');
    const { type: _type, organizationId = by.organizationId, ...data } = command;
    if (organizationId === undefined)
      return refuse('ORGANIZATION_REQUIRED', 'Say whose listing this is.', { pointer: '/organizationId' });
    return happened({ type: 'ListingPublished', data: { ...data, organizationId } });
  }
  if (state?.published !== true)
    return refuse('LISTING_WITHDRAWN', 'The listing was withdrawn: publish a new one.');
  switch (command.type) {
    case 'ReviseListing': {
      const { type: _type, ...data } = command;
      return happened({ type: 'ListingRevised', data });
    }
    case 'RecordCapacity':
      return state.capacity === command.capacity
        ? happened()
        : happened({ type: 'CapacityRecorded', data: { capacity: command.capacity } });
    case 'WithdrawListing':
      return happened({ type: 'ListingWithdrawn', data: {} });
  }
};

export const listingDecider: Decider<ListingState, ListingCommand, ListingEvent, undefined> = {
  category: 'listing',
  initial: undefined,
  evolve: (state, fact) => {
    if (fact.type === 'ListingPublished') return { ...fact.data, published: true };
    if (state === undefined) return state;
    switch (fact.type) {
      case 'ListingRevised':
        return {
          ...fact.data,
          organizationId: state.organizationId,
          capacity: state.capacity,
          published: state.published,
        };
      case 'CapacityRecorded':
        return { ...state, capacity: fact.data.capacity };
      case 'ListingWithdrawn':
        return { ...state, published: false };
    }
  },
  decide,
  stage: (state) => (state === undefined ? 'none' : state.published ? 'published' : 'withdrawn'),
};
