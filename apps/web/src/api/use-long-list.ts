/**
 * A list of any length, of which a few pages are held: more are asked for at either end, and those at the other are let go, so that what
 * is asked anew after a change does not grow with how far somebody read. The way to where somebody was is remembered, and any part of it
 * found at once. A page that is asked for again may no longer end where the next begins: then all that are held are asked anew.
 */
import {
  keepPreviousData,
  skipToken,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import {
  before,
  beyond,
  furthest,
  HELD,
  isUnbroken,
  onceEach,
  PAGE,
  startsAround,
  type Way,
} from './long-pages.js';
import { ADDRESSES, type Answer, type Asked } from './questions.js';
import { addressWith, keyOf, lackingIn, useService, type List, type Page } from './use-service.js';

/** Lists that are counted and gone through; what they show has an id. */
type LongName = Extract<List, 'listMyReferrals' | 'listTasks'>;

type Row<N extends LongName> = Answer<N> & { readonly id: string };

type Pages<N extends LongName> = InfiniteData<Page<Row<N>>, Way>;

type Counts = NonNullable<Page<never>['counts']>;

/** What an answer says beside its page; kept as long as the pages are. */
const useBeside = <T>(queryKey: readonly unknown[]): T | undefined =>
  useQuery<T>({ queryKey, queryFn: skipToken }).data;

const BLANK = { items: [], next: null, incomplete: null, counts: null } as const;

export interface LongList<T> {
  /** How many there are of each kind, once that is known. */
  readonly counts: Counts | undefined;
  /** Those that are held. */
  readonly items: readonly T[];
  /** Where in the whole list they begin. */
  readonly first: number;
  /** How long the list is known to be. */
  readonly known: number;
  readonly isThere: boolean;
  /** They are those of another view, until its own are there. */
  readonly isOther: boolean;
  readonly isEmpty: boolean;
  /** How many things it lacks. */
  readonly lacking: number;
  readonly error: Error | null;
  readonly again: () => void;
  readonly hasMore: boolean;
  readonly isFetchingMore: boolean;
  /** What is under way is not cut off: it may bring what changed. */
  readonly mayGo: boolean;
  readonly mayFetchMore: boolean;
  readonly mayFetchEarlier: boolean;
  readonly fetchMore: () => Promise<unknown>;
  readonly fetchEarlier: () => Promise<unknown>;
  /** To the pages around a row, in place of those that are held. */
  readonly goTo: (index: number) => void;
}

export const useLongList = <N extends LongName>(name: N, asked: Asked<N>): LongList<Row<N>> => {
  const service = useService();
  const queries = useQueryClient();
  const queryKey = keyOf(name, 'long', asked);
  // Of all kinds at once: it is the same whichever is shown.
  const countsKey = keyOf(name, 'counts');
  const counts = useBeside<Counts>(countsKey);
  const wayKey = keyOf(name, 'way', asked);
  const way = useBeside<Way>(wayKey) ?? [];
  const query = useInfiniteQuery<Page<Row<N>>, Error, Pages<N>, readonly unknown[], Way>({
    queryKey,
    queryFn: async ({ pageParam, signal }) => {
      const first = queries.getQueryData<Pages<N>>(queryKey)?.pageParams[0] ?? pageParam;
      const counted = first.length === pageParam.length ? true : undefined;
      const cursor = pageParam.at(-1)?.cursor;
      const at = addressWith(ADDRESSES[name], { ...asked, limit: PAGE, cursor, counted });
      const { body } = await service.read<Page<Row<N>>>(at, signal);
      if (body.counts) queries.setQueryData(countsKey, body.counts);
      queries.setQueryData<Way>(wayKey, (known) => furthest(known, pageParam, body));
      return body;
    },
    initialPageParam: [],
    getNextPageParam: (page, _pages, here) => beyond(here, page),
    getPreviousPageParam: (_page, _pages, here) => before(here),
    maxPages: HELD,
    placeholderData: keepPreviousData,
  });
  const { data, error, isFetching, refetch, fetchNextPage, fetchPreviousPage } = query;
  const mayGo = !isFetching && error === null;
  const broken = data !== undefined && !query.isPlaceholderData && !isUnbroken(data);
  useEffect(() => {
    if (broken && mayGo) void refetch();
  }, [broken, mayGo, refetch]);
  const { isPlaceholderData: isOther } = query;
  const first = isOther ? 0 : (data?.pageParams[0]?.length ?? 0) * PAGE;
  const items = onceEach(data?.pages.flatMap((page) => page.items) ?? []);
  const known = Math.max(first + items.length, isOther ? 0 : way.length * PAGE);
  return {
    counts,
    items,
    first,
    known,
    isThere: data !== undefined,
    isOther,
    isEmpty: known === 0,
    lacking: lackingIn(data),
    error,
    again: (): void => void refetch(),
    hasMore: query.hasNextPage,
    isFetchingMore: query.isFetchingNextPage,
    mayGo,
    mayFetchMore: mayGo && query.hasNextPage,
    mayFetchEarlier: mayGo && query.hasPreviousPage,
    fetchMore: fetchNextPage,
    fetchEarlier: fetchPreviousPage,
    goTo: (index): void => {
      const pageParams = [...startsAround(way, index)];
      const pages = pageParams.map(() => BLANK);
      queries.setQueryData<Pages<N>>(queryKey, { pages, pageParams }, { updatedAt: 0 });
      void refetch();
    },
  };
};
