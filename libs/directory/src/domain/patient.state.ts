/** What a patient's record comes to. */
import type { Demographics, PatientEvent } from '../contract/events.js';
import type { UnassignedFact } from '../contract/facts.js';

type EventData<T extends PatientEvent['type']> = Extract<PatientEvent, { type: T }>['data'];

type Identifier = EventData<'PatientIdentifierLinked'>;

export interface Received {
  readonly system: string;
  readonly lastUpdated?: string | undefined;
  /** The record as it was then: what the source says as long as it says nothing new. */
  readonly said: Demographics;
  readonly inactive?: boolean | undefined;
  readonly replacedById?: string | undefined;
  /** Of the source, also those that belong to another record. */
  readonly takenIdentifiers: readonly Identifier[];
}

export interface Patient {
  readonly birthDate: string;
  readonly demographics: Demographics;
  /** By source system, the last of each. */
  readonly received: readonly Received[];
  readonly contactPreferences?: EventData<'PatientContactPreferencesRecorded'> | undefined;
  readonly homeOrganizationIds: readonly string[];
  readonly identifiers: readonly Identifier[];
  /** As this record's own stream says; that one may have been merged itself. */
  readonly mergedInto?: string | undefined;
  /** When it was. */
  readonly mergedAt?: string | undefined;
  /** Recorded on others' records while this one was merged into them, and nobody has said yet whose it is; `moving`: it is this one's. */
  readonly unassigned: readonly (UnassignedFact & { readonly moving?: true })[];
  readonly proposed?: { readonly survivorId: string; readonly by: string } | undefined;
  /** Records that are said to be of somebody else. */
  readonly dismissed: readonly string[];
  readonly death?: Pick<EventData<'PatientDeathRecorded'>, 'on' | 'source'> | undefined;
}

export type PatientState = Patient | undefined;
