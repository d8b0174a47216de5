/** What changed lately, in memory, so that whoever was cut off for a while is told what changed since; no more of it than so many ids. */
import type { PlaceInSlice, RowsChanged, Said } from './changed-rows.js';

interface Entry {
  readonly rows: RowsChanged;
  /** Where the slice stood before. */
  readonly after: PlaceInSlice;
  /** Where it stands since, when it has moved. */
  readonly to: PlaceInSlice | undefined;
}

const weightOf = ({ ids, organizations, patients }: RowsChanged): number =>
  ids.length + organizations.length + patients.length;

const isSame = (place: PlaceInSlice | undefined, asked: PlaceInSlice): boolean =>
  place?.position === asked.position && place.digest.startsWith(asked.digest);

export class LiveLog {
  readonly #now = new Map<number, PlaceInSlice>();
  /** The last place of each slice after which everything is here. */
  readonly #floor = new Map<number, PlaceInSlice>();
  #entries: Entry[] = [];
  #weight = 0;

  /** @param most ids that are kept */
  constructor(private readonly most: number) {}

  /** Where every slice stands, as far as is known; a client gives it back. */
  get now(): readonly PlaceInSlice[] {
    return [...this.#now.values()];
  }

  /** From here on everything is heard. */
  begin(places: readonly PlaceInSlice[]): void {
    this.#entries = [];
    this.#weight = 0;
    for (const known of [this.#now, this.#floor]) {
      known.clear();
      for (const place of places) known.set(place.partition, place);
    }
  }

  /** @returns false when the slices are not those that were known: then nothing that was said of places holds */
  add(rows: RowsChanged, { partition, to }: Pick<Said, 'partition' | 'to'>): boolean {
    const after = this.#now.get(partition);
    if (after === undefined || (to !== undefined && to.position < after.position)) return false;
    this.#entries.push({ rows, after, to });
    this.#weight += weightOf(rows);
    if (to !== undefined) this.#now.set(partition, to);
    while (this.#weight > this.most) this.#forgetFirst();
    return true;
  }

  /** What changed after places of every slice; nothing when that is not known any more, or never was. */
  since(asked: readonly PlaceInSlice[]): readonly RowsChanged[] | undefined {
    const places = new Map(asked.map((place) => [place.partition, place]));
    const isKnown = [...this.#now.keys()].every((partition) => {
      const place = places.get(partition);
      return place !== undefined && this.#isKnown(place);
    });
    if (!isKnown || this.#now.size === 0) return undefined;
    return this.#entries
      .filter(({ after }) => after.position >= (places.get(after.partition)?.position ?? 0n))
      .map(({ rows }) => rows);
  }

  #isKnown(place: PlaceInSlice): boolean {
    return (
      isSame(this.#floor.get(place.partition), place) ||
      this.#entries.some(({ to }) => to?.partition === place.partition && isSame(to, place))
    );
  }

  #forgetFirst(): void {
    const first = this.#entries.shift();
    if (first === undefined) return;
    this.#weight -= weightOf(first.rows);
    // Of a part of a batch that is forgotten nobody may say that it is here after the last place.
    if (first.to === undefined) this.#floor.delete(first.after.partition);
    else this.#floor.set(first.after.partition, first.to);
  }
}
