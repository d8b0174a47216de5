/** What became of each resource of a file, counted once, with the things that were taken of it. */
import type { Outcome, Thing } from './entry.js';
import type { Fault } from './field.js';
import type {
  Broken,
  BundleReading,
  Ignored,
  ImportedEnding,
  ImportedPrecaution,
  ImportedRetraction,
  ImportItem,
  Tally,
} from './items.js';

/** So many are named; how many there are is counted. */
const MOST_NAMED = 500;
const MOST_POINTERS = 20;
/** R4 has fewer; a file with more is no FHIR, and its report has an end. */
const MOST_TYPES = 200;
const OTHER_TYPES = '(other)';

type Counts = { -readonly [K in Exclude<keyof Tally, 'resourceType'>]: number };

interface Left {
  readonly resourceType: string;
  readonly why: Ignored['why'];
  readonly pointers: string[];
  count: number;
}

export class Report {
  private readonly items: ImportItem[] = [];
  private readonly precautions: ImportedPrecaution[] = [];
  private readonly retractions: ImportedRetraction[] = [];
  private readonly endings: ImportedEnding[] = [];
  private readonly broken: Broken[] = [];
  private readonly left = new Map<string, Left>();
  private readonly tallies = new Map<string, Counts>();
  private faultCount = 0;

  /** The one word on a resource. @param faults of one that is taken: what was left of it */
  close(type: string, pointer: string, outcome: Outcome, faults: readonly Fault[] = []): void {
    const resourceType = this.tallies.has(type) || this.tallies.size < MOST_TYPES ? type : OTHER_TYPES;
    const counts = this.tallies.get(resourceType) ?? { read: 0, taken: 0, ignored: 0, broken: 0 };
    this.tallies.set(resourceType, counts);
    counts.read += 1;
    counts[outcome.kind] += 1;
    switch (outcome.kind) {
      case 'taken':
        for (const thing of outcome.things) this.keep(thing);
        return this.faults(faults, 'field');
      case 'ignored':
        this.endings.push(...outcome.ends);
        return this.leave(resourceType, outcome.why, pointer);
      case 'broken':
        return this.faults(faults.length > 0 ? faults : [{ pointer, why: 'cannot be read' }], 'resource');
    }
  }

  faults(faults: readonly Fault[], dropped: Broken['dropped']): void {
    this.faultCount += faults.length;
    for (const fault of faults.slice(0, MOST_NAMED - this.broken.length))
      this.broken.push({ ...fault, dropped });
  }

  private keep(thing: Thing): void {
    if (thing.kind === 'precaution') this.precautions.push(thing);
    else if (thing.kind === 'retraction') this.retractions.push(thing);
    else if (thing.kind === 'ending') this.endings.push(thing);
    else this.items.push(thing);
  }

  private leave(resourceType: string, why: Ignored['why'], pointer: string): void {
    const key = `${resourceType} ${why}`;
    const left = this.left.get(key) ?? { resourceType, why, pointers: [], count: 0 };
    this.left.set(key, left);
    left.count += 1;
    if (left.pointers.length < MOST_POINTERS) left.pointers.push(pointer);
  }

  result(): BundleReading {
    return {
      items: this.items,
      precautions: this.precautions,
      retractions: this.retractions,
      endings: this.endings,
      ignored: [...this.left.values()],
      broken: this.broken,
      faults: this.faultCount,
      tallies: [...this.tallies].map(([resourceType, counts]) => ({ resourceType, ...counts })),
    };
  }
}
