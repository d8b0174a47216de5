/**
 * A lifecycle as data: who may do what from where, what happens then, and where it leads. Read models, the buttons of screens,
 * access policies and pictures read the rows of one table, and so does a decider whose rules ask for nothing else (`decidesBy`); this is
 * the one place that knows how.
 */
import type { Category } from './category.js';
import type { Permission, Relation } from './access.js';
import type { Role } from './actor.js';

export interface Transition<
  Stage extends string = string,
  Command extends string = string,
  Event extends string = string,
  /** Destinations that the state decides, such as `prior`. */
  Where extends string = never,
  /** What must be so beside the stage, as far as a screen needs it to offer a button. */
  When extends string = string,
> {
  /** Row of the source table; letters where one row holds several moves. */
  readonly row: string;
  readonly command: Command;
  /** Of these the last one decides the stage. */
  readonly events: readonly Event[];
  readonly from: readonly Stage[];
  readonly to: Stage | 'same' | Where;
  readonly who: readonly Role[];
  readonly when?: When;
}

export interface Lifecycle<
  Stage extends string,
  Command extends string,
  Event extends string,
  Where extends string,
  When extends string,
> {
  /** Every event that the table names, once. */
  readonly events: readonly Event[];
  rowsOf(command: Command): readonly Transition<Stage, Command, Event, Where, When>[];
  /** The row by which a command may be given in a stage. */
  rowFor(command: Command, stage: Stage): Transition<Stage, Command, Event, Where, When> | undefined;
  /**
   * Where an event leads; one that the table does not know from here moves nothing, and the first of two events of one command
   * leaves the stage to the second.
   */
  after(stage: Stage, event: Event, settle?: (where: Where) => Stage): Stage;
  /** The commands that may be given in a stage, each once. */
  moves(stage: Stage, holds?: (when: When) => boolean): readonly Command[];
}

const distinct = <T>(all: readonly T[]): readonly T[] => [...new Set(all)];

/** @param stages of the table; every other destination is one that the state decides */
export const lifecycle = <
  Stage extends string,
  Command extends string,
  Event extends string,
  Where extends string = never,
  When extends string = never,
>(
  stages: readonly Stage[],
  transitions: readonly Transition<Stage, Command, Event, Where, When>[],
): Lifecycle<Stage, Command, Event, Where, When> => {
  const isStage = (to: string): to is Stage => stages.some((stage) => stage === to);
  return {
    events: distinct(transitions.flatMap((row) => row.events)),
    rowsOf: (command) => transitions.filter((row) => row.command === command),
    rowFor: (command, stage) =>
      transitions.find((row) => row.command === command && row.from.includes(stage)),
    after: (stage, event, settle) => {
      const row = transitions.find((known) => known.events.at(-1) === event && known.from.includes(stage));
      if (row === undefined || row.to === 'same') return stage;
      return isStage(row.to) ? row.to : (settle?.(row.to) ?? stage);
    },
    moves: (stage, holds) =>
      distinct(
        transitions
          .filter(
            (row) => row.from.includes(stage) && (row.when === undefined || holds?.(row.when) !== false),
          )
          .map((row) => row.command),
      ),
  };
};

/** What a role's organisation is to a thing when the table's rows are about it. */
export type Standing = Readonly<Partial<Record<Role, Permission['when']>>>;

/**
 * The permissions that a table says: every role of a command's rows, in the relation that is natural to the role.
 * @param otherwise commands for which another relation counts, whatever the role
 */
export const permissionsOf = <Command extends string>(
  resource: Category,
  transitions: readonly Pick<Transition<string, Command>, 'command' | 'who'>[],
  standing: Standing,
  otherwise?: Readonly<Partial<Record<Command, readonly Relation[]>>>,
): readonly Permission<Command>[] => {
  const pairs = transitions.flatMap(({ command, who }) =>
    who.map((role) => {
      const usual = standing[role];
      if (usual === undefined)
        throw new Error(`the ${resource} table lets a ${role} act, and says nothing of what they are to it`);
      return { role, command, when: usual === 'anything' ? usual : (otherwise?.[command] ?? usual) };
    }),
  );
  const groups = Map.groupBy(pairs, ({ role, when }) => `${resource}.${role} ${[when].flat().join('-')}`);
  return [...groups].map(([id, group]) => {
    const [first] = group;
    if (first === undefined) throw new Error('a group has members');
    const usual = first.when === standing[first.role];
    return {
      id: usual ? `${resource}.${first.role}` : id.replace(' ', '.'),
      resource,
      roles: [first.role],
      commands: distinct(group.map(({ command }) => command)),
      when: first.when,
    };
  });
};
