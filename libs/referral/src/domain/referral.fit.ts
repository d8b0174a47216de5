/** What an order asks of whoever is to treat (guard G5), row by row: said while somebody chooses as it will be decided. */

export const MISFITS = [
  'not-published',
  'service',
  'region',
  'age',
  'payer',
  'performer',
  'capacity',
] as const;

export type Misfit = (typeof MISFITS)[number];

export interface Offered {
  readonly published: boolean;
  readonly services: readonly string[];
  readonly regions: readonly string[];
  /** Whole years; of any age where there is none. */
  readonly ageMin?: number | null | undefined;
  readonly ageMax?: number | null | undefined;
  readonly payers: readonly string[];
  readonly capacity: 'open' | 'limited' | 'closed';
}

/** What is not known is not judged. */
export interface Wanted {
  readonly service: string;
  readonly regions: readonly string[];
  readonly age?: number | undefined;
  readonly payer?: string | undefined;
  /** Whether somebody who is licensed there today may treat under that payer. */
  readonly mayTreat?: boolean | undefined;
}

export interface Fit {
  readonly what: Misfit;
  readonly fits: boolean;
}

const isWithin = (age: number, { ageMin, ageMax }: Offered): boolean =>
  age >= (ageMin ?? 0) && age <= (ageMax ?? Infinity);

/** Each row that can be judged, in the order in which people are told. */
export const fitOf = (offered: Offered, wanted: Wanted): readonly Fit[] => {
  const { service, regions, age, payer, mayTreat } = wanted;
  const rows: readonly (readonly [Misfit, boolean | undefined])[] = [
    ['not-published', offered.published],
    ['service', offered.services.includes(service)],
    ['region', regions.length === 0 ? undefined : regions.every((one) => offered.regions.includes(one))],
    ['age', age === undefined ? undefined : isWithin(age, offered)],
    ['payer', payer === undefined ? undefined : offered.payers.includes(payer)],
    ['performer', mayTreat],
    ['capacity', offered.capacity !== 'closed'],
  ];
  return rows.flatMap(([what, fits]) => (fits === undefined ? [] : [{ what, fits }]));
};
