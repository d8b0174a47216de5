/** Which lists of whom changed with some rows. Asked once for all who are of one organisation and may see the same. */
import type { Actor, Relation } from '@fascia/kernel';
import type { RowsChanged } from './changed-rows.js';
import { ListBuilding } from './fitting-rows.js';
import type { ListQuestion, Question } from './question.js';
import type { ReadDesk, Seen } from './read-desk.js';
import type { Scope } from './scope.js';
import { seenOfPatients } from './seen-of.js';

export interface AudienceParts {
  readonly desk: ReadDesk;
  readonly questions: readonly Question[];
  /** Which patients' records an organisation sees; the record is called `t`. */
  readonly ofPatients: Scope;
}

type List = ListQuestion<string, never>;

/** Somebody of no organisation. */
const NONE = '';

const organizationOf = ({ organizationId = NONE }: Actor): string => organizationId;

/** What two callers of one key may see is the same. */
const keyOf = (by: Actor): string => `${by.role}@${organizationOf(by)}`;

const distinct = (words: readonly string[]): readonly string[] => [...new Set(words)];

export class Audience {
  readonly #parts: AudienceParts;
  readonly #lists: readonly List[];
  readonly #ofPatients: ReturnType<typeof seenOfPatients>;
  /** Policies are those that the process began with. */
  readonly #relations = new Map<string, Seen['relations']>();

  constructor(parts: AudienceParts) {
    this.#parts = parts;
    this.#lists = parts.questions.filter((one) => one.kind === 'list');
    this.#ofPatients = seenOfPatients(parts.ofPatients);
  }

  /** @returns for a caller in one of their roles, the addresses of the lists that changed */
  async listsOf(
    callers: readonly Actor[],
    changed: readonly RowsChanged[],
  ): Promise<(by: Actor) => ReadonlySet<string>> {
    const told = new Map(callers.map((by) => [keyOf(by), { by, lists: new Set<string>() }]));
    const audience = [...told.values()].map(({ by }) => by);
    for (const list of changed.length === 0 ? [] : this.#lists)
      for (const by of await this.#concerned(list, audience, changed))
        told.get(keyOf(by))?.lists.add(list.at);
    return (by) => told.get(keyOf(by))?.lists ?? new Set();
  }

  async #concerned(
    list: List,
    audience: readonly Actor[],
    changed: readonly RowsChanged[],
  ): Promise<readonly Actor[]> {
    const groups = Map.groupBy(audience, (by) => [this.#relationsOf(list, by)].flat().join('+'));
    const concerned: Actor[] = [];
    for (const group of groups.values()) {
      const [first] = group;
      const relations = first === undefined ? [] : this.#relationsOf(list, first);
      const tables = relations.length === 0 ? [] : list.seenOf.tables(relations);
      const rows = changed.filter(({ model }) => tables.includes(model));
      if (rows.length === 0) continue;
      concerned.push(...(relations === 'all' ? group : await this.#ofGroup(list, relations, group, rows)));
    }
    return concerned;
  }

  #relationsOf(list: List, by: Actor): Seen['relations'] {
    const key = [list.at, by.role, String(by.organizationId === undefined)].join(' ');
    const relations = this.#relations.get(key) ?? list.seenOf.by(this.#parts.desk, by);
    this.#relations.set(key, relations);
    return relations;
  }

  async #ofGroup(
    list: List,
    relations: readonly Relation[],
    group: readonly Actor[],
    rows: readonly RowsChanged[],
  ): Promise<readonly Actor[]> {
    const named = new Set(rows.flatMap(({ organizations }) => organizations));
    const others = group.filter((by) => !named.has(organizationOf(by)));
    const [by] = others;
    if (by === undefined) return group;
    const organizations = distinct(others.map(organizationOf));
    const see = new Set<string>();
    const asked = [
      { seenOf: list.seenOf, ids: distinct(rows.flatMap(({ ids }) => ids)) },
      ...(this.#isOfPatients(list, relations)
        ? [{ seenOf: this.#ofPatients, ids: distinct(rows.flatMap(({ patients }) => patients)) }]
        : []),
    ];
    for (const { seenOf, ids } of asked)
      if (ids.length > 0)
        for (const one of await this.#seers(seenOf, relations, { by, organizations, ids })) see.add(one);
    return group.filter((one) => named.has(organizationOf(one)) || see.has(organizationOf(one)));
  }

  /** Whether whose rows are there is decided by what an organisation is to their patient. */
  #isOfPatients({ seenOf }: List, relations: readonly Relation[]): boolean {
    const tables = seenOf.tables(relations);
    const decide = this.#ofPatients.tables(relations);
    return decide.length > 0 && decide.every((table) => tables.includes(table));
  }

  async #seers(
    seenOf: Pick<List['seenOf'], 'organizations'>,
    relations: readonly Relation[],
    asked: Parameters<List['seenOf']['organizations']>[2],
  ): Promise<readonly string[]> {
    try {
      return await seenOf.organizations(this.#parts.desk.rows, relations, asked);
    } catch (error) {
      // It cannot be read either; when it is there, that is said of all of it.
      if (error instanceof ListBuilding) return [];
      throw error;
    }
  }
}
