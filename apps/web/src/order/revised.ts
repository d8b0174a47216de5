/** What a revision says otherwise than the order that was sent. To whom it goes stays: that is no part of it. */
import type { MATERIAL_PARTS } from '@fascia/referral/contract';
import type { Content } from './content.js';

export type Part = Exclude<keyof Content, 'target'>;

/** By part: what it says now, or nothing where it is taken out. What the order says beside it may change meanwhile. */
export type Otherwise = { readonly [P in Part]?: Content[P] | null };

/** As the rule compares two orders: in whatever order names and items stand, and what is named twice once. */
const gistOf = (value: unknown): string => {
  if (value === undefined) return '';
  if (Array.isArray(value)) return `[${[...new Set(value.map(gistOf))].toSorted().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).filter(([, said]) => said !== undefined);
  const gists = parts.map(([name, said]) => `${JSON.stringify(name)}:${gistOf(said)}`);
  return `{${gists.toSorted().join()}}`;
};

/** That precautions were asked for and none found is an answer; of all else an empty list says nothing. */
const saidIn = (content: Content, part: Part): unknown => {
  const said: unknown = content[part];
  return Array.isArray(said) && said.length === 0 && part !== 'precautions' ? undefined : said;
};

/** The order as it will say it. */
export const revised = ({ target: _stays, ...order }: Content, otherwise: Otherwise): Content =>
  Object.fromEntries(
    Object.entries({ ...order, ...otherwise }).filter(([, said]) => said !== undefined && said !== null),
  );

export const changedIn = (before: Content, now: Content): readonly Part[] => {
  const { target: _was, ...were } = before;
  const { target: _is, ...are } = now;
  const parts = Object.keys({ ...were, ...are }) as readonly Part[];
  return parts.filter((part) => gistOf(saidIn(before, part)) !== gistOf(saidIn(now, part)));
};

export const otherwiseThan = (order: Content, now: Content): Otherwise =>
  Object.fromEntries(changedIn(order, now).map((part) => [part, now[part] ?? null]));

const MATERIAL: Readonly<Record<(typeof MATERIAL_PARTS)[number], true>> = {
  diagnosisIds: true,
  sites: true,
  precautions: true,
  requested: true,
};

/** Whether the clinic has to take note of it before it goes on. */
export const isMaterial = (changed: readonly Part[]): boolean =>
  changed.some((part) => Object.hasOwn(MATERIAL, part));
