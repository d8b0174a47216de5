/** How a list and its rows meet: what a row is given of its place, and how it is drawn. */
import type { ComponentProps, ReactNode } from 'react';
import type { LongList } from '../api/use-long-list.js';

/** What a row's `tr` is given beside its cells. */
export type RowPlace = Pick<ComponentProps<'tr'>, 'aria-rowindex' | 'ref' | 'onFocus'> & {
  readonly 'data-index'?: number;
};

export interface RowsProps<T> {
  readonly items: LongList<T>;
  readonly row: (item: T, place: RowPlace) => ReactNode;
  readonly columns: readonly string[];
  /** Which list it is, for whoever comes back to it. */
  readonly name: string;
}
