import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ACTIONS } from '../../libs/platform/access/src/actions.js';
import { missingRefusals, REFUSALS } from '../../libs/platform/http/src/refusals.js';
import { files, found, repeated, ROOT, sources } from './tree.js';

const ROOMS = sources(/^libs\/[^/]+\/src\/(domain|write)\//);
const CONTRACTS = sources(/^libs\/(?!testkit)[^/]+\/src\/contract(\/|\.ts$)/);
const STORED = [...CONTRACTS, 'libs/platform/write-door/src/register.ts'];

const CODE = /'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g;
const actions: readonly string[] = ACTIONS;

describe('refusal codes', () => {
  // In these rooms a word in capitals is a refusal, unless a contract stores it or a clinical table names it.
  const stored = new Set(
    found([...CONTRACTS, ...sources(/^libs\/clinical\//)], CODE).map(({ word }) => word),
  );
  const used = [...new Set(found(ROOMS, CODE).map(({ word }) => word))].filter((word) => !stored.has(word));

  it('are found', () => {
    expect(used.length).toBeGreaterThan(100);
    expect(used).toEqual(
      expect.arrayContaining(['SESSION_RED_FLAG_BLOCK', 'PLAN_NO_GOAL', 'FLAG_NOT_OPEN', 'PATIENT_MERGED']),
    );
  });

  it('have a row with their HTTP status', () => {
    expect(missingRefusals(used)).toEqual([]);
  });

  it('are written in capitals and have a title', () => {
    expect(
      Object.entries(REFUSALS).filter(
        ([code, { title }]) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(code) || title === '',
      ),
    ).toEqual([]);
  });
});

describe('stored events', () => {
  let declared: readonly { readonly contract: string; readonly type: string }[];

  beforeAll(async () => {
    const modules = await Promise.all(
      STORED.map((path) => import(pathToFileURL(join(ROOT, path)).href) as Promise<Record<string, unknown>>),
    );
    declared = modules
      .flatMap((module) => Object.entries(module))
      .filter(([name]) => name.endsWith('_CONTRACT'))
      .flatMap(([contract, events]) => Object.keys(events as object).map((type) => ({ contract, type })));
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
    const past = /(ed|Sent|Withdrawn|Made|Read|Put)(In|OnHold)?$/;
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
  const lists = found(CONTRACTS, /export const \w*(?:COMMAND_TYPES|_COMMANDS) = \[([^\]]*)\]/g).flatMap(
    ({ word }) => [...word.matchAll(/'(\w+)'/g)].map((match) => match[1] ?? ''),
  );
  const unions = found(ROOMS, /readonly type: '(\w+)'/g).map(({ word }) => word);
  const routes = found(sources(/^libs\/[^/]+\/src\/http\//), /command: '(\w+)'/g).map(({ word }) => word);

  it('are found', () => {
    expect(lists.length).toBeGreaterThan(50);
    expect(unions.length).toBeGreaterThan(30);
    expect(routes.length).toBeGreaterThan(60);
  });

  it('are actions that a policy may name', () => {
    expect(
      [...new Set([...lists, ...unions, ...routes])].filter((command) => !actions.includes(command)),
    ).toEqual([]);
  });

  it('are the only actions that policies name', () => {
    const named = found(files(/^libs\/platform\/access\/policies\/.*\.cedar$/), /Action::"(\w+)"/g).map(
      ({ word }) => word,
    );
    expect(named.length).toBeGreaterThan(60);
    expect([...new Set(named)].filter((action) => !actions.includes(action))).toEqual([]);
  });

  it('have one name each among the actions', () => {
    expect(repeated(actions)).toEqual([]);
  });
});

describe('request classes', () => {
  it('have one name each in the whole tree: OpenAPI knows them by it', () => {
    const classes = found(sources(/^libs\/[^/]+\/src\/http\//), /^(?:export )?class (\w+)/gm).map(
      ({ word }) => word,
    );
    expect(classes.length).toBeGreaterThan(60);
    expect(repeated(classes)).toEqual([]);
  });
});
