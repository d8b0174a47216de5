/** Questions and commands as hooks: TanStack Query keeps what was answered, and tries again what is only busy. */
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query';
import { createContext, use, useEffect } from 'react';
import type { ActName, BodyOf, Collection, CreateName } from './commands.js';
import { isGone } from './problem.js';
import {
  ADDRESSES,
  type Answer,
  type Asked,
  type AskedName,
  type ListName,
  type OneName,
} from './questions.js';
import type { Read, Service, Written } from './service.js';

export const ServiceContext = createContext<Service | undefined>(undefined);

export const useService = (): Service => {
  const service = use(ServiceContext);
  if (service === undefined) throw new Error('nobody is signed in');
  return service;
};

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  readonly incomplete: { readonly streams: number } | null;
  /** Of a list that counts, where it was asked to. */
  readonly counts?: Readonly<Record<string, number>> | null;
}

/** How many things a list lacks, as its first page says. */
export const lackingIn = (
  list: { readonly pages: readonly Pick<Page<unknown>, 'incomplete'>[] } | undefined,
): number => list?.pages[0]?.incomplete?.streams ?? 0;

/** Of one page. */
const MOST = 200;

export type List = AskedName & ListName;
type One = AskedName & OneName;

/** By the address of its list first, so that a change of that list finds all that was read of it. */
export const keyOf = (name: AskedName, ...of: readonly unknown[]): readonly unknown[] => [
  ADDRESSES[name].split('/', 1)[0],
  name,
  ...of,
];

/** @param asked an id in it names whose list it is */
export const addressWith = (at: string, asked: object): string => {
  const { id = '', ...filters } = asked as Readonly<Record<string, string | number | boolean | undefined>>;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters))
    if (value !== undefined) query.set(name, String(value));
  const path = at.replace(':id', String(id));
  return query.size === 0 ? path : `${path}?${query.toString()}`;
};

/** What a list is about: of somebody else it is another list, and nothing of the one may stand for the other. */
const SUBJECTS = ['id', 'patientId', 'referralId'] as const;

type About = { readonly [S in (typeof SUBJECTS)[number]]?: unknown };

const isOfTheSame = (asked: About, before: unknown): boolean =>
  SUBJECTS.every((subject) => asked[subject] === (before as About | undefined)?.[subject]);

/** @param enabled asked at all */
export const useList = <N extends List>(name: N, asked: Asked<N>, enabled = true) => {
  const service = useService();
  return useInfiniteQuery<
    Page<Answer<N>>,
    Error,
    InfiniteData<Page<Answer<N>>>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: keyOf(name, asked),
    queryFn: async ({ pageParam, signal }) => {
      const at = addressWith(ADDRESSES[name], { ...asked, cursor: pageParam });
      return (await service.read<Page<Answer<N>>>(at, signal)).body;
    },
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (shown, of) => (isOfTheSame(asked as About, of?.queryKey[2]) ? shown : undefined),
    enabled,
  });
};

/** All of a list, where half of it would say what is not so: nothing until the last page is there. */
export const useWhole = <N extends List>(name: N, asked: Asked<N>, enabled = true) => {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = useList(
    name,
    Object.assign({ limit: MOST }, asked),
    enabled,
  );
  useEffect(() => {
    if (enabled && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [enabled, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const whole = data !== undefined && !hasNextPage && !isPlaceholderData;
  return {
    items: whole ? data.pages.flatMap(({ items }) => items) : undefined,
    lacking: lackingIn(data),
    error,
    refetch,
  };
};

/**
 * What has gone, or is not the caller's to see any more, is not shown from memory either.
 *
 * @param anew also where it was just read
 */
export const useOne = <N extends One>(name: N, id: string, anew = false) => {
  const service = useService();
  const { data, error, refetch, isFetchedAfterMount } = useQuery<Read<Answer<N>>>({
    queryKey: keyOf(name, id),
    queryFn: ({ signal }) => service.read<Answer<N>>(ADDRESSES[name].replace(':id', id), signal),
    refetchOnMount: anew ? 'always' : true,
  });
  return { data: isGone(error) ? undefined : data, error, refetch, isFetchedAfterMount };
};

/** For whoever goes on writing: what was read before is nothing to begin with, until it was asked again or nobody answers. */
export const useOneAnew = <N extends One>(name: N, id: string) => {
  const { data, error, refetch, isFetchedAfterMount } = useOne(name, id, true);
  return isFetchedAfterMount ? { data, error, refetch } : { data: undefined, error: null, refetch };
};

export interface Deed<C extends Collection, T extends ActName<C>> {
  readonly id: string;
  readonly command: T;
  readonly body: BodyOf<C, T>;
  /** Of the intention: made when somebody began, so that pressing twice does it once. */
  readonly key: string;
  /** Which one it replaces, where it says all of it anew: refused where there is a newer one. */
  readonly ifVersion?: number;
}

export interface Creation<C extends Collection, T extends CreateName<C>> {
  readonly command: T;
  readonly body: BodyOf<C, T>;
  /** As of {@link Deed}. */
  readonly key: string;
}

/** After a command every list is asked anew: what one fact changes elsewhere, only the service knows. */
const useWriting = <Given>(write: (service: Service, given: Given) => Promise<Written>) => {
  const service = useService();
  const queries = useQueryClient();
  return useMutation<Written, Error, Given>({
    mutationFn: (given) => write(service, given),
    onSettled: () => {
      // Nobody waits for the lists with what they did before them.
      void queries.invalidateQueries();
    },
  });
};

export const useAct = <C extends Collection, T extends ActName<C> = ActName<C>>(collection: C) =>
  useWriting<Deed<C, T>>(async (service, { id, command, body, key, ifVersion }) => {
    // Contracts are not needed to show a list: they are loaded with the first thing that is done.
    const { addressOf } = await import('./commands.js');
    return service.write(addressOf(collection, id, command), body, key, ifVersion);
  });

export const useCreate = <C extends Collection, T extends CreateName<C> = CreateName<C>>(collection: C) =>
  useWriting<Creation<C, T>>((service, { body, key }) => service.write(collection, body, key));

/** Every rule that would refuse a command now (`POST /api/v1/rehearsals`). */
export interface Rehearsal {
  readonly refusals: readonly {
    readonly code: string;
    readonly title: string;
    readonly detail: string;
    readonly pointer?: string;
    readonly about?: Readonly<Record<string, string | number | readonly string[]>>;
  }[];
}

interface Rehearsing {
  readonly enabled: boolean;
  /** What it depends on beside the body: the version of what is acted on. */
  readonly of: unknown;
  /** The physician for whom a delegate asks. */
  readonly onBehalfOf?: string | undefined;
}

export const useRehearsal = <C extends Collection, T extends ActName<C>>(
  { id, command, body }: { readonly id: string; readonly command: T; readonly body?: BodyOf<C, T> },
  { enabled, of, onBehalfOf }: Rehearsing,
) => {
  const service = useService();
  return useQuery<Rehearsal>({
    queryKey: ['rehearsals', command, id, of, body, onBehalfOf],
    queryFn: ({ signal }) =>
      service.search<Rehearsal>('rehearsals', { command, id, body }, signal, onBehalfOf),
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
};

/** What stands in no address is asked in a body; nothing of it is kept once nobody looks at it. */
export const useSearch = <N extends List>(name: N, asked: Asked<N>, enabled: boolean) => {
  const service = useService();
  return useQuery<Page<Answer<N>>>({
    queryKey: keyOf(name, 'search', asked),
    queryFn: ({ signal }) => service.search<Page<Answer<N>>>(`${ADDRESSES[name]}/search`, asked, signal),
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
};
