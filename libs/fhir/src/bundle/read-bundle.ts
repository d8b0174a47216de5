/**
 * Reads a FHIR R4 Bundle (transaction, collection or batch) into import items. Tolerant by resource: one that is
 * broken is reported, the rest is taken. Never throws on data, and never repeats data in what it reports.
 */
import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes';
import { readCondition } from './condition.js';
import { Field } from './field.js';
import type { Fault } from './field.js';
import type { Broken, BundleReading, Ignored, ImportItem } from './items.js';
import { readOrganization, readPatient, readPractitioner } from './parties.js';
import { References } from './references.js';
import type { Target } from './references.js';

const BUNDLE_TYPES: readonly (string | undefined)[] = ['transaction', 'collection', 'batch'];

/** In this order an item never refers to a later one. */
const KINDS: readonly ImportItem['kind'][] = ['organization', 'practitioner', 'patient', 'condition'];

/** A resource of the bundle; what is wrong with it gathers in `faults`. */
interface Entry extends Target {
  readonly resource: Field<Resource>;
  readonly faults: Fault[];
}

type Outcome =
  | { readonly kind: 'taken'; readonly item: ImportItem; readonly dropped: readonly Fault[] }
  | { readonly kind: 'ignored'; readonly why: Ignored['why'] }
  | { readonly kind: 'broken' };

type Reader = (resource: Field<Resource>, sourceId: string) => ImportItem | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  Organization: (resource, sourceId) => readOrganization(resource.readAs(), sourceId),
  Practitioner: (resource, sourceId) => readPractitioner(resource.readAs(), sourceId),
  Patient: (resource, sourceId) => readPatient(resource.readAs(), sourceId),
};

const IMPORTED: ReadonlySet<string> = new Set([...Object.keys(READERS), 'Condition']);

const outcomeOf = ({ resource, resourceType, sourceId }: Entry, references: References): Outcome => {
  if (resourceType === 'Condition') return readCondition(resource.readAs(), sourceId, references);
  const item = Object.hasOwn(READERS, resourceType) ? READERS[resourceType]?.(resource, sourceId) : undefined;
  return item === undefined ? { kind: 'broken' } : { kind: 'taken', item, dropped: [] };
};

/** Without an id of its own a resource is named by its full URL, as transactions do with `urn:uuid:`. */
const sourceIdOf = (resource: Field<Resource>, fullUrl: string | undefined): string | undefined => {
  const id = resource.at('id');
  return id.required(id.text() ?? fullUrl?.replace(/^urn:(?:uuid|oid):/, ''));
};

class Reading {
  private readonly references = new References();
  private readonly entries: Entry[] = [];
  private readonly items: ImportItem[] = [];
  private readonly broken: Broken[] = [];
  private readonly ignored = new Map<string, Ignored>();

  /** First pass: what is in the bundle, so that references may point forwards. */
  open(value: unknown, pointer: string): void {
    const faults: Fault[] = [];
    const entry = new Field<BundleEntry>(value, pointer, faults);
    const resource = entry.at('resource');
    if (!resource.isPresent && entry.at('request').at('method').isPresent) {
      this.ignore('(none)', 'request-without-resource');
      return;
    }
    const type = resource.at('resourceType');
    const resourceType = type.required(type.text());
    if (resourceType !== undefined && !IMPORTED.has(resourceType)) {
      this.ignore(resourceType, 'not-imported');
      return;
    }
    const fullUrl = entry.at('fullUrl').text();
    const sourceId = sourceIdOf(resource, fullUrl);
    if (resourceType !== undefined && sourceId !== undefined && faults.length === 0) {
      this.keep({ resource, resourceType, sourceId, faults }, fullUrl);
    }
    this.report(faults, 'resource');
  }

  private keep(entry: Entry, fullUrl: string | undefined): void {
    if (this.references.add(entry, fullUrl)) this.entries.push(entry);
    else entry.resource.fault('the bundle has this resource already');
  }

  /** Second pass; conditions last, because they hang on the others. */
  take(): void {
    const isCondition = ({ resourceType }: Entry): boolean => resourceType === 'Condition';
    for (const entry of this.entries.filter((each) => !isCondition(each))) this.takeOne(entry);
    for (const entry of this.entries.filter(isCondition)) this.takeOne(entry);
  }

  private takeOne(entry: Entry): void {
    const outcome = outcomeOf(entry, this.references);
    if (outcome.kind === 'ignored') this.ignore(entry.resourceType, outcome.why);
    else if (entry.faults.length > 0) {
      this.report(entry.faults, 'resource');
      this.references.forget(entry);
    } else if (outcome.kind === 'taken') {
      this.items.push(outcome.item);
      this.report(outcome.dropped, 'field');
    }
  }

  result(): BundleReading {
    const items = KINDS.flatMap((kind) => this.items.filter((item) => item.kind === kind));
    return { items, ignored: [...this.ignored.values()], broken: this.broken };
  }

  report(faults: readonly Fault[], dropped: Broken['dropped']): void {
    this.broken.push(...faults.map((fault) => ({ ...fault, dropped })));
  }

  private ignore(resourceType: string, why: Ignored['why']): void {
    const key = `${resourceType} ${why}`;
    this.ignored.set(key, { resourceType, why, count: (this.ignored.get(key)?.count ?? 0) + 1 });
  }
}

const bundleFaults = (bundle: Field<Bundle>, faults: Fault[]): void => {
  if (!bundle.isPresent) bundle.fault('missing');
  const type = bundle.at('resourceType');
  if (faults.length === 0 && type.text() !== 'Bundle') type.fault('a Bundle is expected');
  const kind = bundle.at('type');
  if (faults.length === 0 && !BUNDLE_TYPES.includes(kind.text()))
    kind.fault('transaction, collection or batch is expected');
};

/** @param json parsed JSON of unknown shape; its size and depth are the JSON reader's business. */
export const readBundle = (json: unknown): BundleReading => {
  const reading = new Reading();
  const faults: Fault[] = [];
  const bundle = new Field<Bundle>(json, '', faults);
  bundleFaults(bundle, faults);
  const entries = faults.length > 0 ? [] : bundle.at('entry').each();
  if (faults.length > 0) reading.report(faults, 'bundle');
  for (const entry of entries) reading.open(entry.raw, entry.pointer);
  reading.take();
  return reading.result();
};
