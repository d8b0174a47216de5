/**
 * Which commands are in a stream, and what each came to: 25 bytes a command, found by its id. Only ever added to; whoever holds an
 * earlier count goes on seeing what there was then, so that what was handed out does not change.
 */
import { hash } from 'node:crypto';

export interface KnownCommand {
  /** Of the last event that bears it, bookkeeping included. */
  readonly version: number;
  /** Of the last event by then that is no bookkeeping; 0 where there was none. */
  readonly told: number;
  /** The stage by then. */
  readonly stage: string;
}

export interface KnownCommands {
  readonly table: Table;
  readonly count: number;
}

/** As it is written down. */
export interface PackedCommands {
  readonly ids: Uint8Array;
  readonly versions: Uint32Array;
  readonly stages: Uint8Array;
  readonly names: readonly string[];
}

const ID_BYTES = 16;
const SMALLEST = 8;
const MOST_STAGES = 255;

/** By any text: a command's id is a UUID, but nothing here depends on it. */
const keyOf = (commandId: string): Buffer => hash('sha256', commandId, 'buffer').subarray(0, ID_BYTES);

class Table {
  readonly ids: Buffer;
  /** Two of each: its own, and that of what was told. */
  readonly versions: Uint32Array;
  readonly stages: Uint8Array;
  readonly names: string[] = [];
  used = 0;
  /** Where an id is, plus one; 0 where nothing is. Twice as many as there can be ids, so that looking ends soon. */
  readonly #slots: Int32Array;

  constructor(readonly capacity: number) {
    this.ids = Buffer.alloc(capacity * ID_BYTES);
    this.versions = new Uint32Array(capacity * 2);
    this.stages = new Uint8Array(capacity);
    this.#slots = new Int32Array(capacity * 2);
  }

  /** The latest among the first so many; -1 when there is none. */
  find(key: Buffer, count: number): number {
    let found = -1;
    for (let slot = this.#slotOf(key); ; slot = (slot + 1) % this.#slots.length) {
      const index = (this.#slots[slot] ?? 0) - 1;
      if (index < 0) return found;
      if (index < count && index > found && this.#is(index, key)) found = index;
    }
  }

  add(key: Buffer, { version, told, stage }: KnownCommand): void {
    const index = this.used;
    this.ids.set(key, index * ID_BYTES);
    this.versions[index * 2] = version;
    this.versions[index * 2 + 1] = told;
    if (!this.names.includes(stage)) this.names.push(stage);
    if (this.names.length > MOST_STAGES)
      throw new RangeError('a lifecycle of more stages than anybody knows');
    this.stages[index] = this.names.indexOf(stage);
    this.#reach(index, key);
    this.used = index + 1;
  }

  /** As many as there is room for, all at once; into an empty one. */
  addAll({ ids, versions, stages, names }: PackedCommands): void {
    this.ids.set(ids);
    this.versions.set(versions);
    this.stages.set(stages);
    this.names.push(...names);
    for (let index = 0; index < stages.length; index += 1) this.#reach(index, this.keyAt(index));
    this.used = stages.length;
  }

  at(index: number): KnownCommand {
    return {
      version: this.versions[index * 2] ?? 0,
      told: this.versions[index * 2 + 1] ?? 0,
      stage: this.names[this.stages[index] ?? 0] ?? '',
    };
  }

  /** Whether that is what is there: somebody else has read the same event already. */
  hasAt(index: number, key: Buffer, { version, told, stage }: KnownCommand): boolean {
    if (index >= this.used || !this.#is(index, key)) return false;
    const there = this.at(index);
    return there.version === version && there.told === told && there.stage === stage;
  }

  keyAt(index: number): Buffer {
    return this.ids.subarray(index * ID_BYTES, (index + 1) * ID_BYTES);
  }

  #reach(index: number, key: Buffer): void {
    let slot = this.#slotOf(key);
    while (this.#slots[slot] !== 0) slot = (slot + 1) % this.#slots.length;
    this.#slots[slot] = index + 1;
  }

  #is(index: number, key: Buffer): boolean {
    return this.keyAt(index).equals(key);
  }

  #slotOf(key: Buffer): number {
    return key.readUInt32BE(0) % this.#slots.length;
  }
}

const tableOf = (commands: PackedCommands, capacity: number): Table => {
  const table = new Table(capacity);
  table.addAll(commands);
  return table;
};

export const NO_COMMANDS: KnownCommands = { table: new Table(0), count: 0 };

export const commandIn = ({ table, count }: KnownCommands, commandId: string): KnownCommand | undefined => {
  if (count === 0) return undefined;
  const index = table.find(keyOf(commandId), count);
  return index < 0 ? undefined : table.at(index);
};

/** Views of what there is: to be copied, or written down. */
export const packed = ({ table, count }: KnownCommands): PackedCommands => ({
  ids: table.ids.subarray(0, count * ID_BYTES),
  versions: table.versions.subarray(0, count * 2),
  stages: table.stages.subarray(0, count),
  names: table.names,
});

export const withCommand = (
  commands: KnownCommands,
  commandId: string,
  known: KnownCommand,
): KnownCommands => {
  const { table, count } = commands;
  const key = keyOf(commandId);
  if (table.hasAt(count, key, known)) return { table, count: count + 1 };
  // Somebody else went on otherwise from here already, or there is no room: from here on it is a table of its own.
  const mine =
    table.used === count && count < table.capacity
      ? table
      : tableOf(packed(commands), count < table.capacity ? table.capacity : Math.max(SMALLEST, count * 2));
  mine.add(key, known);
  return { table: mine, count: count + 1 };
};

export const unpacked = (commands: PackedCommands): KnownCommands => {
  const count = commands.stages.length;
  return { table: tableOf(commands, Math.max(SMALLEST, Math.ceil(count * 1.5))), count };
};
