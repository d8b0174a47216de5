/** To whom an order may go: which clinics fit it, which were sent to before, and what a choice of them means. */
import { wholeYearsOn } from '@fascia/clinical';
import { fitOf, MISFITS, type Fit, type Misfit } from '@fascia/referral/rules';
import type { Answer } from '../api/questions.js';
import type { Rehearsal } from '../api/use-service.js';
import type { Content } from './content.js';

type Listing = Answer<'listListings'>;
type Target = NonNullable<Content['target']>;

export interface Candidate {
  readonly listing: Listing;
  /** How often orders went to that organisation before. */
  readonly sent: number;
  readonly fit: readonly Fit[];
}

/** Of orders that went somewhere, by the organisation that has them. */
export const timesSent = (
  referrals: readonly Pick<Answer<'listReferrals'>, 'recipient'>[],
): ReadonlyMap<string, number> => {
  const times = new Map<string, number>();
  for (const { recipient } of referrals)
    if (recipient !== null)
      times.set(recipient.organizationId, (times.get(recipient.organizationId) ?? 0) + 1);
  return times;
};

/** What the service says of a listing; of some of it nothing is known here, such as who is licensed there. */
const toldOf = (id: string, refusals: Rehearsal['refusals']): readonly Misfit[] =>
  refusals
    .filter(({ code, about }) => code === 'REFERRAL_RECIPIENT_UNFIT' && about?.['listingId'] === id)
    .flatMap(({ about }) => MISFITS.find((one) => one === about?.['why']) ?? []);

export interface Asking {
  readonly content: Content;
  readonly birthDate: string | null;
  readonly today: string;
  readonly times: ReadonlyMap<string, number>;
  readonly refusals: Rehearsal['refusals'];
}

const fitting = (listing: Listing, { content, birthDate, today, refusals }: Asking): readonly Fit[] => {
  const known = fitOf(
    { ...listing, published: true },
    {
      service: content.service?.code ?? 'STM',
      regions: (content.sites ?? []).map(({ region }) => region),
      age: birthDate === null ? undefined : wholeYearsOn(birthDate, today),
      payer: content.payer?.profile,
    },
  );
  const told = toldOf(listing.id, refusals).filter((what) => !known.some((one) => one.what === what));
  return [...known, ...told.map((what) => ({ what, fits: false }))];
};

export const isFit = ({ fit }: Candidate): boolean => fit.every(({ fits }) => fits);

/** Where one sends most comes first, then what fits; otherwise as they come, by name. */
export const candidatesOf = (listings: readonly Listing[], asking: Asking): readonly Candidate[] =>
  listings
    .map((listing) => ({
      listing,
      sent: asking.times.get(listing.organization.id) ?? 0,
      fit: fitting(listing, asking),
    }))
    .toSorted((a, b) => b.sent - a.sent || Number(isFit(b)) - Number(isFit(a)));

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

export const calledLike = (candidates: readonly Candidate[], typed: string): readonly Candidate[] => {
  const words = plain(typed).split(/\s+/);
  return candidates.filter(({ listing: { title, organization } }) => {
    const called = plain(`${organization.name ?? ''} ${title}`);
    return words.every((word) => called.includes(word));
  });
};

/** One alone is sent to; of several the first that takes it has it. */
export const targetOf = (listingIds: readonly string[]): Target | undefined => {
  const [listingId] = listingIds;
  if (listingId === undefined) return undefined;
  return listingIds.length === 1
    ? { kind: 'directed', listingId }
    : { kind: 'pool', listingIds: [...listingIds] };
};

export const chosenIn = (target: Target | undefined): readonly string[] => {
  if (target === undefined) return [];
  return target.kind === 'directed' ? [target.listingId] : target.listingIds;
};
