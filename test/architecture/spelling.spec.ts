/** One idea, one spelling. A second one is how a copy begins: rows here name those that were there once. */
import { sources, textOf } from './tree.js';

interface Spelling {
  readonly idea: string;
  /** As it is written. */
  readonly says: string;
  /** As it is not written any more. */
  readonly instead: RegExp;
  readonly where: RegExp;
  /** A text that must be found. */
  readonly example: string;
}

const CONTEXTS = /^libs\/(?!platform\/|testkit\/|kernel\/|composition\/)[^/]+\/src\//;
const CONTRACT_ROOMS = /^libs\/(?!platform\/|testkit\/)[^/]+\/src\/contract(\/|\.ts$)/;
const READ_AND_HTTP =
  /^libs\/(?!platform\/|testkit\/|kernel\/|composition\/)[^/]+\/src\/(read\/|http(\/|\.ts$))/;
const SOURCES = /^libs\/(?!platform\/)[^/]+\/src\//;

const SPELLINGS: readonly Spelling[] = [
  {
    idea: 'the tables of a lifecycle are called alike in every context: an import says whose they are',
    says: "export const STAGES = ['none', 'draft'] as const;",
    instead:
      /\b(PLAN|SESSION|TASK|FLAG|REFERRAL|DIAGNOSIS)_(STAGES|TRANSITIONS|COMMAND_TYPES|COMMANDS_TYPES)\b/,
    where: CONTEXTS,
    example: 'export const PLAN_TRANSITIONS: readonly Row[] = [];',
  },
  {
    idea: 'the stage of a state',
    says: 'export const stageOf = (state: PlanState): PlanStage => state.stage;',
    instead: /\b(plan|session|task|flag|diagnosis)StageOf\b/,
    where: CONTEXTS,
    example: 'stage: planStageOf,',
  },
  {
    idea: 'the stage of what is not there yet',
    says: "from: ['none'],",
    instead: /'None'/,
    where: CONTEXTS,
    example: "from: ['None'],",
  },
  {
    idea: "the list of a contract's commands is what was declared",
    says: 'export const COMMAND_TYPES = typesOf(PLAN_COMMANDS);',
    instead: /const (?!COMMAND_TYPES\b)\w+ = typesOf\(|const \w*COMMAND(S|_TYPES) = \[/,
    where: CONTRACT_ROOMS,
    example: "export const COMMAND_TYPES = ['DraftPlan', 'SignPlan'] as const;",
  },
  {
    idea: 'a command selects its handler in the kernel',
    says: 'decide: decidesBy(planLifecycle, { stageOf, handlers, illegal }),',
    instead: /HANDLERS\[\w+\.type\]/,
    where: CONTEXTS,
    example: 'const handler = HANDLERS[command.type] as Handler;',
  },
  {
    idea: 'what is checked is what is described: values are normalised by overwriting them',
    says: 'z.string().overwrite(normalText)',
    instead: /\.transform\(|\bz\.preprocess\(|\.pipe\(/,
    where: CONTRACT_ROOMS,
    example: 'z.string().transform((given) => given.trim())',
  },
  {
    idea: 'an answer has the type of its schema',
    says: 'async one(id: string): Promise<PlanAnswer>',
    instead: /Promise<object>/,
    where: SOURCES,
    example: "async one(@Param('id') id: string): Promise<object> {",
  },
  {
    idea: 'what is asked of tables is checked against their rows',
    says: "compiled(tables<Tables>().selectFrom('read.plan as t').selectAll('t'))",
    instead: /\.query(<[^(`]*>)?\(\s*['"`]/,
    where: READ_AND_HTTP,
    example:
      "const [row] = await db.query<Pick<PlanRow, 'id'>>(\n  'select id from read.plan where id = $1', [id]);",
  },
];

describe.each(SPELLINGS)('$idea', ({ says, instead, where, example }) => {
  it('is said in one way', () => {
    const found = sources(where).flatMap((path) => {
      const [match] = instead.exec(textOf(path)) ?? [];
      return match === undefined ? [] : [`${path}: ${match}`];
    });
    expect(found).toEqual([]);
  });

  it('is told from the other ways', () => {
    expect(instead.test(example)).toBe(true);
    expect(instead.test(says)).toBe(false);
  });

  it('is looked for where there is something', () => {
    expect(sources(where).length).toBeGreaterThan(5);
  });
});
