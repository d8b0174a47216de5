/** What a batch parks and holds back, until it is written together with the position behind the batch. */
import type { Position } from '@fascia/kernel';

interface Parked {
  readonly position: Position;
  readonly held: Position;
  readonly error: string;
}

const later = (one: Position, other: Position): Position => (one > other ? one : other);

export class Waiting {
  readonly #parked = new Map<string, Parked>();
  readonly #held = new Map<string, Position>();

  /** @param before subjects that waited before the batch */
  constructor(private readonly before: ReadonlySet<string> = new Set()) {}

  park(subject: string, position: Position, error: string): void {
    this.#parked.set(subject, { position, held: position, error });
  }

  /** @returns false when the subject does not wait: then its event is to be taken */
  hold(subject: string, position: Position): boolean {
    const parked = this.#parked.get(subject);
    if (parked !== undefined) this.#parked.set(subject, { ...parked, held: later(parked.held, position) });
    else if (this.before.has(subject))
      this.#held.set(subject, later(this.#held.get(subject) ?? 0n, position));
    else return false;
    return true;
  }

  get isEmpty(): boolean {
    return this.#parked.size === 0 && this.#held.size === 0;
  }

  get parked(): readonly (Parked & { readonly subject: string })[] {
    return [...this.#parked].map(([subject, parked]) => ({ subject, ...parked }));
  }

  get held(): readonly { readonly subject: string; readonly position: Position }[] {
    return [...this.#held].map(([subject, position]) => ({ subject, position }));
  }
}
