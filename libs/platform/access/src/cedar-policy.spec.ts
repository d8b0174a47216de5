import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import {
  CATEGORIES,
  permissions,
  RELATIONS,
  ROLES,
  type AccessRequest,
  type Category,
  type Permission,
  type Relation,
  type Role,
} from '@fascia/kernel';
import { CedarPolicy, DEEDS, DEFAULT_DENY, policiesOf } from './cedar-policy.js';
import { cedarOf } from './cedar-text.js';

const PLAN = permissions('plan', {
  author: { roles: ['therapist'], commands: ['DraftPlan', 'SignPlan'], when: ['recipient', 'self'] },
  front: { roles: ['coordinator', 'scheduler'], commands: ['DraftPlan'], when: ['recipient'] },
  clock: { roles: ['system'], commands: ['LapsePlan'], when: 'anything' },
});

const COMMANDS = PLAN.flatMap(({ commands }) => commands);
const ACTIONS = [...COMMANDS, ...DEEDS];

const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** A folder of policy files with these texts. */
const folderOf = (...texts: readonly string[]): URL => {
  const folder = mkdtempSync(join(tmpdir(), 'fascia-policies-'));
  folders.push(folder);
  texts.forEach((text, index) => writeFileSync(join(folder, `${String(index)}.cedar`), text));
  writeFileSync(join(folder, 'notes.txt'), 'no policy');
  return pathToFileURL(`${folder}/`);
};

const reading = (
  id: string,
  role = 'patient',
  relation = 'self',
  { action = 'Read', category = 'plan' } = {},
): string => `@id("${id}")
permit (principal == Role::"${role}", action == Action::"${action}", resource == Category::"${category}")
when { resource.relations.contains(Relation::"${relation}") };`;

const parts = { permissions: PLAN, folder: folderOf(reading('reading.self')) };
const policy = new CedarPolicy(parts);

const ask = (role: Role, relations: readonly Relation[], action: string, resource: Category = 'plan') =>
  policy.decide({ role, relations, action, resource });

describe('a row of permissions', () => {
  it('is a policy with its name, its roles, its commands and its relations', () => {
    const [author, front, clock] = PLAN.map(cedarOf);
    expect(author).toBe(
      `@id("plan.author")
permit (principal == Role::"therapist", action in [Action::"DraftPlan", Action::"SignPlan"], resource == Category::"plan")
when { resource.relations.containsAny([Relation::"recipient", Relation::"self"]) };`,
    );
    expect(front).toContain('permit (principal, ');
    expect(front).toContain('when { [Role::"coordinator", Role::"scheduler"].contains(principal) && ');
    expect(clock).toMatch(/resource == Category::"plan"\);$/);
  });

  it('allows what it says, to whom, and names itself', () => {
    expect(ask('therapist', ['self'], 'SignPlan')).toEqual({ allowed: true, policy: 'plan.author' });
    expect(ask('scheduler', ['recipient'], 'DraftPlan')).toEqual({ allowed: true, policy: 'plan.front' });
    expect(ask('system', [], 'LapsePlan')).toEqual({ allowed: true, policy: 'plan.clock' });
  });

  it.each<readonly [string, Role, readonly Relation[], string, Category]>([
    ['another role', 'physician', ['recipient'], 'SignPlan', 'plan'],
    ['another relation', 'therapist', ['home', 'referrer'], 'SignPlan', 'plan'],
    ['no relation', 'therapist', [], 'SignPlan', 'plan'],
    ['another command', 'scheduler', ['recipient'], 'SignPlan', 'plan'],
    ['another category', 'therapist', ['recipient'], 'SignPlan', 'session'],
    ['what a role needs no relation for, to another role', 'therapist', [...RELATIONS], 'LapsePlan', 'plan'],
  ])('allows nothing else: %s', (_what, role, relations, action, resource) => {
    expect(ask(role, relations, action, resource)).toEqual({ allowed: false, policy: DEFAULT_DENY });
  });
});

describe('policies as text', () => {
  it('stand beside those made of rows', () => {
    expect(ask('patient', ['self'], 'Read')).toEqual({ allowed: true, policy: 'reading.self' });
    expect(Object.keys(policiesOf(PLAN, parts.folder))).toEqual([
      'plan.author',
      'plan.front',
      'plan.clock',
      'reading.self',
    ]);
  });

  it('are all named when several allow', () => {
    const both = new CedarPolicy({ folder: folderOf(reading('b'), reading('a')) });
    expect(
      both.decide({ role: 'patient', relations: ['self'], action: 'Read', resource: 'plan' }).policy,
    ).toBe('a,b');
  });
});

describe('a set of policies is refused at the start', () => {
  const made =
    (text: string, more: readonly Permission[] = PLAN) =>
    () =>
      new CedarPolicy({ permissions: more, folder: folderOf(text) });
  const row = (part: object): readonly Permission[] => [
    {
      id: 'plan.odd',
      resource: 'plan',
      roles: ['therapist'],
      commands: ['SignPlan'],
      when: ['self'],
      ...part,
    },
  ];

  it.each([
    ['a role', reading('odd', 'pateint'), 'odd'],
    ['a relation', reading('odd', 'patient', 'slef'), 'odd'],
    ['an action', reading('odd', 'patient', 'self', { action: 'Raed' }), 'odd'],
    ['a command of nobody', reading('odd', 'patient', 'self', { action: 'SignPlam' }), 'odd'],
    ['a category', reading('odd', 'patient', 'self', { category: 'plam' }), 'odd'],
    ['an attribute', reading('odd').replace('relations', 'relation'), 'odd'],
  ])('when a text misspells %s', (_what, text, id) => expect(made(text)).toThrow(`access policy ${id}: `));

  it.each([
    ['a role', { roles: ['therapits'] }],
    ['a role among several', { roles: ['therapist', 'therapits'] }],
    ['a relation', { when: ['slef'] }],
    ['a category', { resource: 'plam' }],
  ])('when a row misspells %s', (_what, part) =>
    expect(made(reading('reading.self'), row(part))).toThrow('access policy plan.odd: '),
  );

  it('when a row names a command that there is not', () => {
    const odd = { permissions: row({ commands: ['SignPlam'] }), commands: COMMANDS, folder: parts.folder };
    expect(() => new CedarPolicy(odd)).toThrow('access policy plan.odd: ');
  });

  it('when two have one name, one has none, one cannot be read, or there are none', () => {
    expect(made(reading('plan.author'))).toThrow('two access policies are called plan.author');
    expect(made(reading('x').replace('@id("x")', ''))).toThrow('a policy has no @id');
    expect(made('permit (principal')).toThrow('0.cedar: ');
    expect(() => new CedarPolicy({ folder: folderOf() })).toThrow('there are no access policies');
  });
});

describe('any question', () => {
  const anything: fc.Arbitrary<AccessRequest> = fc.record({
    role: fc.constantFrom(...ROLES),
    relations: fc.subarray([...RELATIONS]),
    action: fc.constantFrom(...ACTIONS),
    resource: fc.constantFrom<Category>('plan', 'session'),
  });

  it('has one answer, whatever the order and repetition of relations, and names who decided', () => {
    fc.assert(
      fc.property(anything, ({ relations, ...rest }) => {
        const first = policy.decide({ ...rest, relations });
        const again = new CedarPolicy(parts).decide({
          ...rest,
          relations: [...relations, ...relations].reverse(),
        });
        expect(again).toEqual(first);
        expect(first.allowed).toBe(first.policy !== DEFAULT_DENY);
      }),
      { numRuns: 50 },
    );
  });

  it('is answered from memory the second time', () => {
    const first = ask('therapist', ['self', 'recipient'], 'SignPlan');
    expect(ask('therapist', ['recipient', 'self', 'self'], 'SignPlan')).toBe(first);
  });

  it('of an unknown role, action, relation or category is denied', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(![...ROLES, ...ACTIONS, ...RELATIONS, ...CATEGORIES].some((known) => known === text));
        const no = { allowed: false, policy: DEFAULT_DENY };
        expect(ask(text as Role, RELATIONS, 'SignPlan')).toEqual(no);
        expect(ask('therapist', RELATIONS, text)).toEqual(no);
        expect(ask('therapist', RELATIONS, 'SignPlan', text as Category)).toEqual(no);
        expect(ask('therapist', [...RELATIONS, text as Relation], 'SignPlan')).toEqual(no);
      }),
    );
  });
});

describe('the policies of this folder', () => {
  it('are readable without those of contexts, and permit deeds only', () => {
    expect(Object.keys(policiesOf([])).length).toBeGreaterThan(5);
    expect(() => new CedarPolicy()).not.toThrow();
  });
});
