/**
 * Reads what a file of FHIR R4 says: each resource for itself, so that one that is broken is reported and the rest is taken. Never
 * throws on data, never repeats data in what it reports, and takes time in proportion to the size.
 */
import type { Resource } from '@medplum/fhirtypes';
import { readCondition } from './condition.js';
import { BROKEN, ignored, taken, type Entry, type Outcome, type Reading, type Thing } from './entry.js';
import type { Field } from './field.js';
import { baseOf, nameOf, urlOf } from './identity.js';
import type { BundleReading } from './items.js';
import { readMedication } from './medication.js';
import { opened, type Opened, type Standing } from './opened.js';
import { readOrganization, readPatient, readPractitioner } from './parties.js';
import { References } from './references.js';
import { Report } from './report.js';
import { guardedBy } from './sensitive.js';

type Reader = (entry: Entry, reading: Reading) => Outcome;

const one = (item: Thing | undefined): Outcome => (item === undefined ? BROKEN : taken(item));

/** In this order a resource never refers to a later one. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['Organization', (entry) => one(readOrganization(entry))],
  ['Practitioner', (entry) => one(readPractitioner(entry))],
  ['Patient', (entry, reading) => one(readPatient(entry, reading))],
  ['Condition', readCondition],
  ['MedicationRequest', readMedication],
  ['MedicationStatement', readMedication],
]);

export interface ReadingOptions {
  /** Base URL of the source's FHIR server: its resources need no server in their names. */
  readonly home?: string;
}

/** The server that is meant where none is said: the one that was searched, else that of most resources. */
const serverOf = ({ standing, self }: Opened): string | undefined => {
  if (self !== undefined) return self;
  const counts = new Map<string, number>();
  for (const { entry } of standing) {
    const base = baseOf(entry.at('fullUrl').noting([]).text());
    if (base !== undefined) counts.set(base, (counts.get(base) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([, count], [, other]) => other - count);
  return most?.[0];
};

class FileReading {
  private readonly references: References;
  private readonly entries = new Map<string, Entry[]>();
  private readonly medications = new Map<string, Field<Resource>>();
  readonly report = new Report();

  constructor(
    private readonly home: string | undefined,
    server: string | undefined,
  ) {
    this.references = new References(home, server);
  }

  /** First pass: what is in the file, so that references may point forwards. */
  open({ entry, resource, resourceType, faults, left, older }: Standing): void {
    const guarded = guardedBy(resource.noting([]));
    if (guarded !== undefined) return this.report.close(resourceType, resource.pointer, ignored(guarded));
    if (resourceType === 'Medication')
      this.rememberMedication(entry.at('fullUrl').noting([]).text(), resource);
    if (!READERS.has(resourceType))
      return this.report.close(resourceType, resource.pointer, ignored('not-imported'));
    const named = nameOf({ entry, resource, resourceType, home: this.home });
    const isNew = named !== undefined && this.references.add(named);
    if (isNew && faults.length === 0) {
      const of = this.entries.get(resourceType) ?? [];
      of.push({ named, resource, faults, left });
      this.entries.set(resourceType, of);
      return;
    }
    if (isNew) this.references.lose(named);
    else if (named !== undefined && older)
      return this.report.close(resourceType, resource.pointer, ignored('older-version'));
    else if (named !== undefined) resource.fault('the file has this resource already');
    this.report.close(resourceType, resource.pointer, BROKEN, faults);
  }

  private rememberMedication(fullUrl: string | undefined, resource: Field<Resource>): void {
    const id = resource.at('id').noting([]).text();
    if (id !== undefined) this.medications.set(`Medication/${id}`, resource);
    if (fullUrl !== undefined) this.medications.set(urlOf(fullUrl), resource);
  }

  /** Second pass, in the order in which nothing hangs on what is not read yet. */
  take(): void {
    const reading = { references: this.references, medications: this.medications };
    for (const [resourceType, reader] of READERS)
      for (const entry of this.entries.get(resourceType) ?? []) this.takeOne(entry, reader(entry, reading));
  }

  private takeOne({ named, faults, left }: Entry, outcome: Outcome): void {
    const isWhole = faults.length === 0 || outcome.kind === 'ignored';
    if (!isWhole || outcome.kind !== 'taken') this.references.lose(named);
    this.report.close(named.resourceType, named.pointer, isWhole ? outcome : BROKEN, isWhole ? left : faults);
  }
}

/** @param file what stands in it, as `opened` found it */
export const readOpened = (file: Opened, options: ReadingOptions): BundleReading => {
  const home = options.home?.replace(/\/+$/, '');
  const reading = new FileReading(home, serverOf(file));
  reading.report.faults(file.faults, 'bundle');
  for (const { resourceType, pointer, outcome, faults } of file.settled)
    reading.report.close(resourceType, pointer, outcome, faults);
  for (const standing of file.standing) reading.open(standing);
  reading.take();
  return reading.report.result();
};

/** @param json parsed JSON of unknown shape; its size and depth are the JSON reader's business. */
export const readBundle = (json: unknown, options: ReadingOptions = {}): BundleReading =>
  readOpened(opened([{ value: json, pointer: '' }], new Map()), options);
