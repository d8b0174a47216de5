import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { DEEDS } from '@fascia/access';
import { commandTypes } from '@fascia/composition';
import type { Refusals } from '@fascia/kernel';
import { files, found, repeated, ROOT, sources } from './tree.js';

const CONTEXT = '^libs/(?!testkit/|kernel/)[^/]+/src';
const ROOMS = sources(new RegExp(`${CONTEXT}/(domain|write|read|bundle)/`));
const CONTRACTS = sources(new RegExp(`${CONTEXT}/contract(/|\\.ts$)`));
const REGISTER = 'libs/platform/write-door/src/register.ts';
const STORED = [...CONTRACTS, REGISTER];

const CODE = /'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g;
const actions: readonly string[] = [...commandTypes, ...DEEDS];

/** What modules export under names with this ending, each export once. */
const exportedBy = async (
  paths: readonly string[],
  ending: string,
): Promise<readonly (readonly [string, object])[]> => {
  const modules = await Promise.all(
    paths.map((path) => import(pathToFileURL(join(ROOT, path)).href) as Promise<Record<string, object>>),
  );
  const all = modules.flatMap((module) => Object.entries(module)).filter(([name]) => name.endsWith(ending));
  return [...new Map(all)];
};

describe('refusal codes', () => {
  const isDeclaration = (path: string): boolean => path.endsWith('/contract/refusals.ts');
  // In these rooms a word in capitals is a refusal, unless a contract stores it or a clinical table names it.
  const stored = new Set(
    found([...CONTRACTS.filter((path) => !isDeclaration(path)), ...sources(/^libs\/clinical\//)], CODE).map(
      ({ word }) => word,
    ),
  );
  const used = [...new Set(found(ROOMS, CODE).map(({ word }) => word))].filter((word) => !stored.has(word));
  const said = new Set(
    found(
      sources(/^libs\/(?!testkit\/)/).filter((path) => !isDeclaration(path)),
      CODE,
    ).map(({ word }) => word),
  );

  const isSetting = (word: string): boolean => word.startsWith('FASCIA_');
  /** A code that the door meets for the first time, in its own spec. */
  const MADE_UP = 'SOMETHING_NEW';
  const dead = (codes: readonly string[]): readonly string[] => codes.filter((code) => !said.has(code));

  let tables: readonly (readonly [string, Refusals])[];
  let declared: readonly string[];

  beforeAll(async () => {
    tables = (await exportedBy(STORED, '_REFUSALS')) as typeof tables;
    declared = tables.flatMap(([, refusals]) => Object.keys(refusals));
  });

  it('are found', () => {
    expect(used.length).toBeGreaterThan(100);
    expect(used).toEqual(
      expect.arrayContaining(['SESSION_RED_FLAG_BLOCK', 'PLAN_NO_GOAL', 'FLAG_NOT_OPEN', 'PATIENT_MERGED']),
    );
    expect(tables.map(([name]) => name)).toEqual(
      expect.arrayContaining(['DIRECTORY_REFUSALS', 'PLAN_REFUSALS', 'TASK_REFUSALS']),
    );
  });

  it('are declared by a context when a rule says them', () => {
    expect(used.filter((code) => !declared.includes(code))).toEqual([]);
  });

  it('are said by somebody when a context declares them', () => {
    expect(dead(declared)).toEqual([]);
    expect(dead(['FLAG_NOT_OPEN', 'NOBODY_SAYS_THIS'])).toEqual(['NOBODY_SAYS_THIS']);
  });

  it('are said by somebody when a journey or a door expects them', () => {
    const quoted = found(files(/^(test\/journeys|libs\/platform\/http\/src)\/.*\.spec\.ts$/), CODE);
    const expected = [...new Set(quoted.map(({ word }) => word))].filter((word) => !isSetting(word));
    expect(expected.length).toBeGreaterThan(20);
    expect(dead(expected).filter((code) => code !== MADE_UP)).toEqual([]);
  });

  it('belong to one context each', () => {
    expect(repeated(declared)).toEqual([]);
  });

  it('are spelt one way, with a title for people', () => {
    const odd = tables
      .flatMap(([, refusals]) => Object.entries(refusals))
      .filter(
        ([code, { title }]) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(code) || !/^[A-Z].*[^.]$/.test(title),
      );
    expect(odd).toEqual([]);
  });
});

describe('stored events', () => {
  let declared: readonly { readonly contract: string; readonly type: string }[];

  beforeAll(async () => {
    declared = (await exportedBy(STORED, '_CONTRACT')).flatMap(([contract, events]) =>
      Object.keys(events).map((type) => ({ contract, type })),
    );
  });

  it('are found in every context', () => {
    expect(new Set(declared.map(({ contract }) => contract)).size).toBe(
      found(STORED, /export const (\w+_CONTRACT)/g).length,
    );
    expect(declared.length).toBeGreaterThan(80);
  });

  it('have one name each', () => {
    expect(repeated(declared.map(({ type }) => type))).toEqual([]);
  });

  it('are called after a business fact in the past tense', () => {
    const past = /(ed|Sent|Set|Met|Withdrawn|Made|Read|Put|Kept)(In|OnHold|Late|Off)?$/;
    // FHIR's own word for it (AppointmentStatus `noshow`).
    const fieldTerms = ['SessionNoShow'];
    const vague = /Updated|Changed|Processed|Event$/;
    const bad = declared
      .map(({ type }) => type)
      .filter(
        (type) =>
          !/^([A-Z][a-z0-9]*){2,}$/.test(type) ||
          !(past.test(type) || fieldTerms.includes(type)) ||
          vague.test(type),
      );
    expect(bad).toEqual([]);
  });
});

describe('commands', () => {
  it('are found', () => {
    expect(commandTypes.length).toBeGreaterThan(60);
  });

  it('have one name each, and none of a deed', () => {
    expect(repeated(actions)).toEqual([]);
  });

  it('are said in the imperative, in one spelling', () => {
    expect(commandTypes.filter((type) => !/^([A-Z][a-z0-9]*){2,}$/.test(type))).toEqual([]);
  });

  it('are, with the deeds, the only actions that policies name', () => {
    const named = found(files(/^libs\/platform\/access\/policies\/.*\.cedar$/), /Action::"(\w+)"/g);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ word }) => !actions.includes(word))).toEqual([]);
  });
});

describe('query classes', () => {
  it('have one name each in the whole tree: OpenAPI knows them by it', () => {
    const classes = found(sources(/^libs\/[^/]+\/src\/http(\/|\.ts$)/), /^(?:export )?class (\w+)/gm).map(
      ({ word }) => word,
    );
    expect(classes.length).toBeGreaterThan(8);
    expect(repeated(classes)).toEqual([]);
  });
});
