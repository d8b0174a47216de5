/** The door of what an organisation offers. */
import type { Command, ReferencesOf } from '@fascia/kernel';
import type { Aggregate, FactRequest, FactTools, Naming, Reference } from '@fascia/write-door';
import { LISTING_COMMANDS, type ListingCommand } from '../contract/commands.js';
import { LISTING_CONTRACT, type ListingEvent } from '../contract/events.js';
import { listingDecider, type ListingState } from '../domain/listing.js';
import { isRegistered } from './organization.aggregate.js';
import { worksAt } from './practitioner.aggregate.js';

type ListingRequest = FactRequest<ListingState, ListingCommand>;

const offeredBy = ({ command, state, by }: ListingRequest): string | undefined =>
  state?.organizationId ??
  (command.type === 'PublishListing' ? (command.organizationId ?? by.organizationId) : undefined);

/** A listing names its own therapists. */
const worksForThem = ({ named, ...request }: Naming<ListingState, ListingCommand>, tools: FactTools) =>
  worksAt(named, offeredBy(request), tools);

export const listingAggregate: Aggregate<ListingState, ListingCommand, ListingEvent, undefined> = {
  decider: listingDecider,
  contract: LISTING_CONTRACT,
  commands: LISTING_COMMANDS,
  subject: (request) => {
    const organizationId = offeredBy(request);
    return Promise.resolve({ parties: organizationId === undefined ? {} : { owner: [organizationId] } });
  },
  references: {
    PublishListing: { organizationId: isRegistered, practitionerIds: worksForThem },
    ReviseListing: { practitionerIds: worksForThem },
  } satisfies ReferencesOf<typeof LISTING_COMMANDS, Reference<ListingState, ListingCommand>>,
  facts: () => Promise.resolve(undefined),
};

/** The network's directory of what is offered is everybody's to read. */
export const isListed = async (
  { named }: Pick<Naming<unknown, Command>, 'named'>,
  tools: FactTools,
): Promise<boolean> => (await tools.load(listingAggregate, named)).version > 0;
