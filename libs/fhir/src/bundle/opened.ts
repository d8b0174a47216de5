/** What stands in a file, before any of it is read: resources of a bundle of any type, one by itself, or one on each line. */
import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes';
import { BROKEN, ignored, type Outcome } from './entry.js';
import { Field } from './field.js';
import type { Fault } from './field.js';

/** A resource, and the entry that holds it. */
export interface Standing {
  readonly entry: Field<BundleEntry>;
  readonly resource: Field<Resource>;
  readonly resourceType: string;
  readonly faults: Fault[];
  readonly left: Fault[];
  /** The file tells history: what comes again is an older version. */
  readonly older: boolean;
}

/** An entry of which nothing is to be read. */
export interface Settled {
  readonly resourceType: string;
  readonly pointer: string;
  readonly outcome: Outcome;
  readonly faults: readonly Fault[];
}

export interface Opened {
  readonly standing: readonly Standing[];
  readonly settled: readonly Settled[];
  /** Of the file itself. */
  readonly faults: readonly Fault[];
  /** The server that was searched. */
  readonly self?: string;
}

/** A JSON value of the file, and where it stands. */
export interface Given {
  readonly value: unknown;
  readonly pointer: string;
}

/** Values that the JSON reader could not keep as they are, of one resource. */
export interface Spoiled {
  /** Nobody knows which of two values is meant. */
  readonly faults: readonly Fault[];
  /** Numbers and texts; what reads them judges them itself. */
  readonly left: readonly Fault[];
}

/** Of R4, and of the backport of subscriptions. Each holds resources; what they were sent for does not matter here. */
const BUNDLE_TYPES: ReadonlySet<string | undefined> = new Set([
  ...['transaction', 'batch', 'collection', 'searchset', 'document', 'message', 'history'],
  ...['transaction-response', 'batch-response', 'subscription-notification'],
]);

/** Stands for the type of what has none. */
const NONE = '(none)';
const RESOURCE_TYPE = /^[A-Z][A-Za-z]{1,63}$/;

class Opening {
  readonly standing: Standing[] = [];
  readonly settled: Settled[] = [];
  readonly faults: Fault[] = [];
  private readonly deleted = new Set<string>();
  self: string | undefined;

  /** @param spoiled by the pointer of the entry, or of the resource that stands alone */
  constructor(private readonly spoiled: ReadonlyMap<string, Spoiled>) {}

  open({ value, pointer }: Given): void {
    const faults: Fault[] = [];
    const given = new Field<Bundle>(value, pointer, faults);
    if (!given.isPresent) given.fault('missing');
    const type = given.at('resourceType');
    const resourceType = faults.length === 0 ? type.required(type.text()) : undefined;
    if (resourceType === 'Bundle') this.bundle(given, faults);
    else if (resourceType !== undefined && RESOURCE_TYPE.test(resourceType)) this.alone(value, pointer);
    else if (resourceType !== undefined) type.fault('the name of a resource is expected');
    // A line of a file is a resource that is not read; the file itself is none.
    if (pointer === '') this.faults.push(...faults);
    else if (faults.length > 0) this.settle(NONE, pointer, BROKEN, faults);
  }

  private bundle(bundle: Field<Bundle>, faults: Fault[]): void {
    const kind = bundle.at('type');
    const type = kind.required(kind.text());
    if (type !== undefined && !BUNDLE_TYPES.has(type)) kind.fault('no type of Bundle (FHIR R4)');
    const entries = bundle.at('entry').each();
    if (faults.length > 0) return;
    this.self ??= this.searched(bundle);
    for (const { raw, pointer } of entries) this.entry(raw, pointer, type === 'history');
  }

  private searched(bundle: Field<Bundle>): string | undefined {
    const self = bundle
      .at('link')
      .noting([])
      .each()
      .find((link) => link.at('relation').text() === 'self');
    const [, base] =
      /^(https?:\/\/[^?\s]+?)\/[A-Z][A-Za-z]{1,63}(?:[/?$].*)?$/.exec(self?.at('url').text() ?? '') ?? [];
    return base;
  }

  private alone(value: unknown, pointer: string): void {
    const { faults, left } = this.spoiledAt(pointer);
    const entry = new Field<BundleEntry>({}, pointer, faults);
    this.stand(entry, new Field<Resource>(value, pointer, faults), { faults, left, older: false });
  }

  private entry(value: unknown, pointer: string, older: boolean): void {
    const { faults, left } = this.spoiledAt(pointer);
    const entry = new Field<BundleEntry>(value, pointer, faults);
    const resource = entry.at('resource');
    const method = entry.at('request').at('method').text();
    if (method === 'DELETE') return this.delete(entry);
    if (!resource.isPresent && (method !== undefined || entry.at('response').isPresent))
      return this.settle(NONE, pointer, ignored('request-without-resource'));
    if (entry.at('search').at('mode').text() === 'outcome')
      return this.settle('OperationOutcome', pointer, ignored('message-about-the-search'));
    if (older && this.deleted.has(keyOf(resource)))
      return this.settle(typeOf(resource) ?? NONE, pointer, ignored('older-version'));
    this.stand(entry, resource, { faults, left, older });
  }

  private spoiledAt(pointer: string): { readonly faults: Fault[]; readonly left: Fault[] } {
    const { faults = [], left = [] } = this.spoiled.get(pointer) ?? {};
    return { faults: [...faults], left: [...left] };
  }

  private delete(entry: Field<BundleEntry>): void {
    const url = entry.at('request').at('url').text() ?? '';
    this.deleted.add(url);
    this.settle(
      /^[A-Z][A-Za-z]{1,63}(?=[/?])/.exec(url)?.[0] ?? NONE,
      entry.pointer,
      ignored('deleted-at-source'),
    );
  }

  private stand(
    entry: Field<BundleEntry>,
    resource: Field<Resource>,
    { faults, left, older }: Pick<Standing, 'faults' | 'left' | 'older'>,
  ): void {
    const field = resource.at('resourceType');
    const said = field.required(field.text());
    const resourceType = said !== undefined && RESOURCE_TYPE.test(said) ? said : undefined;
    if (said !== undefined && resourceType === undefined) field.fault('the name of a resource is expected');
    if (resourceType === undefined) this.settle(NONE, entry.pointer, BROKEN, faults);
    else this.standing.push({ entry, resource, resourceType, faults, left, older });
  }

  private settle(
    resourceType: string,
    pointer: string,
    outcome: Outcome,
    faults: readonly Fault[] = [],
  ): void {
    this.settled.push({ resourceType, pointer, outcome, faults });
  }
}

const typeOf = (resource: Field<Resource>): string | undefined => {
  const type = resource.at('resourceType').noting([]).text();
  return type !== undefined && RESOURCE_TYPE.test(type) ? type : undefined;
};

/** As a request for its deletion names it. */
const keyOf = (resource: Field<Resource>): string =>
  `${typeOf(resource) ?? NONE}/${resource.at('id').noting([]).text() ?? ''}`;

export const opened = (values: readonly Given[], spoiled: ReadonlyMap<string, Spoiled>): Opened => {
  const opening = new Opening(spoiled);
  for (const value of values) opening.open(value);
  const { standing, settled, faults, self } = opening;
  return { standing, settled, faults, ...(self === undefined ? {} : { self }) };
};
