/** Each master key, and what it is needed for. */
import type { KeyStatus } from './answers.js';

export interface Master {
  readonly id: string;
  /** How many people's keys are wrapped under it. */
  readonly keys: number;
  /** `older` is needed for these keys, `backups` for backups alone; one that is `missing` is needed, and not here. */
  readonly state: 'current' | 'older' | 'backups' | 'missing';
}

/** What is amiss comes first, then the current one. */
export const mastersIn = ({ current, known, wrapped }: KeyStatus): readonly Master[] => {
  const under = new Map(wrapped.map(({ masterKey, keys }) => [masterKey, keys] as const));
  const missing = wrapped.filter(({ masterKey, keys }) => keys > 0 && !known.includes(masterKey));
  const here = known.map((id): Master => {
    const keys = under.get(id) ?? 0;
    return { id, keys, state: id === current ? 'current' : keys > 0 ? 'older' : 'backups' };
  });
  return [
    ...missing.map(({ masterKey, keys }): Master => ({ id: masterKey, keys, state: 'missing' })),
    ...here.toSorted((one, other) => Number(other.state === 'current') - Number(one.state === 'current')),
  ];
};

/** Not all is under the current one: turning over goes on with the rest, and makes no new one. */
export const goesOn = (masters: readonly Master[]): boolean =>
  masters.some(({ state, keys }) => state !== 'current' && keys > 0);
