/** A resource of a file before it is read, and what becomes of it. */
import type { Resource } from '@medplum/fhirtypes';
import type { Fault, Field } from './field.js';
import type { Named } from './identity.js';
import type { Ignored, ImportedEnding, ImportedPrecaution, ImportedRetraction, ImportItem } from './items.js';
import type { References } from './references.js';

export interface Entry {
  readonly named: Named;
  readonly resource: Field<Resource>;
  /** What is wrong with it: one is enough, and it is not taken. */
  readonly faults: Fault[];
  /** What is left of it although it is taken. */
  readonly left: Fault[];
}

/** What reading one resource knows of the others. */
export interface Reading {
  readonly references: References;
  /** Medicines that requests refer to. */
  readonly medications: ReadonlyMap<string, Field<Resource>>;
}

export type Thing = ImportItem | ImportedPrecaution | ImportedRetraction | ImportedEnding;

export type Outcome =
  | { readonly kind: 'taken'; readonly things: readonly Thing[] }
  /** Nothing is taken of it; what it ends may have come with an earlier file. */
  | { readonly kind: 'ignored'; readonly why: Ignored['why']; readonly ends: readonly ImportedEnding[] }
  | { readonly kind: 'broken' };

export const taken = (...things: readonly Thing[]): Outcome => ({ kind: 'taken', things });
export const ignored = (why: Ignored['why'], ...ends: readonly ImportedEnding[]): Outcome => ({
  kind: 'ignored',
  why,
  ends,
});
export const BROKEN: Outcome = { kind: 'broken' };
