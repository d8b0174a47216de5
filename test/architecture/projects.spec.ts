import { writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path/posix';
import { CONTEXT_NAMES } from '@fascia/composition';
import { constraints, type Constraint } from './constraints.js';
import { files, found, jsonOf, ROOT, sources, textOf } from './tree.js';

interface Door {
  readonly '@fascia/source': string;
  readonly types: string;
  readonly default: string;
}

interface Project {
  readonly path: string;
  readonly name: string;
  readonly tags: readonly string[];
  /** By the name in `exports`. */
  readonly doors: Readonly<Record<string, Door>>;
}

const PROJECTS: readonly Project[] = files(
  /^(apps\/[^/]+|libs\/[^/]+|libs\/platform\/[^/]+)\/package\.json$/,
).map((file) => {
  const path = dirname(file);
  const { nx, exports: doors = {} } = jsonOf(file) as {
    readonly nx: { readonly tags: readonly string[] };
    readonly exports?: Project['doors'];
  };
  return {
    path,
    name: basename(path),
    tags: nx.tags,
    doors,
  };
});

// Closed lists: a tag that nobody knows would silently allow everything.
const TYPES = [
  'kernel',
  'clinical',
  'platform',
  'context',
  'coordination',
  'audit',
  'fhir',
  'testkit',
  'composition',
  'app',
  'web',
];
/** The names that eslint.config.mjs lets others import. */
const DOORS = [
  '.',
  './contract',
  './rules',
  './http',
  './host',
  './json',
  './calendar',
  './contraindications',
  './icd10',
  './icd10-files',
  './billing-files',
];
const SCOPES = PROJECTS.map(({ name }) => name);

describe.each(PROJECTS)('the project $name', ({ path, name, tags, doors }) => {
  it('has exactly one scope, its own name, and one known type', () => {
    expect(tags).toEqual([`scope:${name}`, expect.stringMatching(new RegExp(`^type:(${TYPES.join('|')})$`))]);
  });

  it('has doors of known names, each of them one file, built to its place in dist', () => {
    expect(Object.keys(doors).filter((door) => !DOORS.includes(door))).toEqual([]);
    for (const { '@fascia/source': source, ...built } of Object.values(doors)) {
      expect(files(/\.ts$/)).toContain(join(path, source));
      const inDist = source.replace('./src/', './dist/');
      expect(built).toEqual({ types: inDist.replace(/ts$/, 'd.ts'), default: inDist.replace(/ts$/, 'js') });
    }
  });
});

/** Names of the projects it refers to: asked anew, as they may just have been written. */
const referencesOf = ({ path }: Pick<Project, 'path'>): readonly string[] => {
  const { references } = jsonOf(`${path}/tsconfig.json`) as {
    readonly references: readonly { readonly path: string }[];
  };
  return references.map((reference) => basename(join(path, reference.path)));
};

const isContext = ({ tags }: Project): boolean => tags.includes('type:context');

describe('the references of a project', () => {
  /** Specs count, but for what they test with. */
  const imported = ({ path }: Project): readonly Project[] => {
    const own = files(new RegExp(`^${path}/src/.*\\.tsx?$`));
    const names = new Set(found(own, /(?:from |import\()'@fascia\/([^/']+)/g).map(({ word }) => word));
    return PROJECTS.filter(({ name }) => names.has(name) && name !== 'testkit');
  };

  it.each(PROJECTS)(
    '$name: are what it imports, no more (written anew with UPDATE_PROJECTS=1)',
    (project) => {
      const file = `${project.path}/tsconfig.json`;
      const references = imported(project).map(({ path }) => ({ path: relative(project.path, path) }));
      if (process.env['UPDATE_PROJECTS'] === '1') {
        const config = { ...(jsonOf(file) as object), references };
        writeFileSync(join(ROOT, file), `${JSON.stringify(config, undefined, 2)}\n`);
      }
      const named = (jsonOf(file) as { references: { path: string }[] }).references;
      expect(named.map(({ path }) => path).toSorted()).toEqual(references.map(({ path }) => path).toSorted());
    },
  );
});

describe('the contexts', () => {
  it('are all in the list of composition, each once', () => {
    const folders = PROJECTS.filter(isContext).map(({ name }) => name);
    expect(CONTEXT_NAMES.filter((name) => folders.includes(name)).toSorted()).toEqual(folders.toSorted());
  });

  it.each(PROJECTS.filter(isContext))(
    '$name: stands on those that the list names before it',
    ({ name, path }) => {
      const lower = CONTEXT_NAMES.slice(0, CONTEXT_NAMES.indexOf(name));
      const contexts = PROJECTS.filter(isContext).map((one) => one.name);
      expect(referencesOf({ path }).filter((one) => contexts.includes(one) && !lower.includes(one))).toEqual(
        [],
      );
    },
  );
});

describe('the table of who may import whom', () => {
  let table: readonly Constraint[];

  beforeAll(async () => {
    table = await constraints();
  });

  it('has one row for every scope and type, and names no other', () => {
    const known = [...SCOPES.map((scope) => `scope:${scope}`), ...TYPES.map((type) => `type:${type}`)];
    expect(table.map((row) => row.sourceTag).toSorted()).toEqual(known.toSorted());
    expect(
      table.flatMap((row) => row.onlyDependOnLibsWithTags).filter((tag) => !known.includes(tag)),
    ).toEqual([]);
  });

  it('says of each scope what the references of its tsconfig.json say', () => {
    const rows = table.filter((row) => row.sourceTag.startsWith('scope:'));
    expect(
      Object.fromEntries(rows.map((row) => [row.sourceTag, row.onlyDependOnLibsWithTags.toSorted()])),
    ).toEqual(
      Object.fromEntries(
        PROJECTS.map((project) => [
          `scope:${project.name}`,
          referencesOf(project)
            .map((one) => `scope:${one}`)
            .toSorted(),
        ]),
      ),
    );
  });
});

describe('the kernel', () => {
  // ADR 11: comments do not count, nor do the words, which grow with the trade.
  const words = /\/contract\/(words|answers|text)\.ts$/;
  const lines = (path: string): number =>
    textOf(path)
      .split('\n')
      .filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line)).length;
  const size = (room: RegExp): number =>
    sources(room)
      .filter((path) => !words.test(path))
      .reduce((sum, path) => sum + lines(path), 0);

  it('has at most 400 lines of code in each of its two rooms', () => {
    expect(size(/^libs\/kernel\/src\/contract(\/|\.ts$)/)).toBeLessThanOrEqual(400);
    expect(size(/^libs\/kernel\/src\/(?!contract)/)).toBeLessThanOrEqual(400);
    expect(size(/^libs\/kernel\/src\/(?!contract)/)).toBeGreaterThan(100);
  });
});

describe('files', () => {
  it('have doors where package.json names them in `exports`, and none elsewhere', () => {
    const doors = PROJECTS.flatMap(({ path, doors: named }) =>
      Object.values(named).map((door) => join(path, door['@fascia/source'])),
    );
    expect(
      sources(/\/src\/.*index\.ts$/).filter((path) => /^(apps|libs)\//.test(path) && !doors.includes(path)),
    ).toEqual([]);
  });

  it('are named in kebab case with the role after a dot', () => {
    const good = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.(ts|mjs|js)$/;
    expect(
      files(/^(libs|apps|bin|infra|test)\/.*\.(ts|mjs|js)$/).filter((path) => !good.test(basename(path))),
    ).toEqual([]);
  });

  it('are in no folder that takes everything', () => {
    expect(
      files(/(^|\/)(common|shared|utils?|core|helpers?|misc)\//).filter((path) =>
        /^(libs|apps|test)\//.test(path),
      ),
    ).toEqual([]);
  });

  it("name no registry and no path of somebody's machine", () => {
    // Written in pieces, or this file would be the first finding.
    const forbidden = new RegExp(
      [
        'registry\\.',
        'npmjs',
        '|\\b(resolved|registry)"?[:=] *"?https?:',
        '|/(home|Users)/[a-z]+/',
        '|/root/',
      ].join(''),
      'i',
    );
    const names = (line: string): boolean => forbidden.test(line) || line.includes(`${ROOT}/`);
    const text = files(
      /\.(ts|mjs|cjs|js|json|md|yml|yaml|cedar|sh|npmrc|html|css|txt)$|^\.npmrc$|^\.ci\//,
    ).filter((path) => !path.startsWith('data/') && !path.startsWith('test/architecture/'));
    expect(
      text.flatMap((path) =>
        textOf(path)
          .split('\n')
          .filter(names)
          .slice(0, 3)
          .map((line) => `${path}: ${line.trim().slice(0, 120)}`),
      ),
    ).toEqual([]);
  });

  it('have a README that is a door: at most 120 lines', () => {
    const long = files(/(^|\/)README\.md$/).filter((path) => textOf(path).split('\n').length > 121);
    expect(long).toEqual([]);
  });
});
