/**
 * Lint that catches bugs, and the one table of who may import whom. The rooms inside a project are
 * kept apart by .dependency-cruiser.cjs. Every rule of the house has a fixture in test/architecture/fixtures
 * that must fail. Run `nx show projects` first: without its graph the boundary rule is silent.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

// Who may import whom. The rows mirror `references` in each tsconfig.json (a spec compares them), and say whose tables SQL may name
// (test/architecture/floors.spec.ts).

const json = (path) => JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8'));

/**
 * Contexts: each says by the references of its own tsconfig.json on whom it stands. That these are contexts of lower floors only, the
 * order of libs/composition/src/contexts.ts says, and a spec.
 */
const CONTEXTS = Object.fromEntries(
  readdirSync(join(import.meta.dirname, 'libs'))
    .filter((name) => existsSync(join(import.meta.dirname, 'libs', name, 'package.json')))
    .filter((name) => json(`libs/${name}/package.json`).nx.tags.includes('type:context'))
    .map((name) => [name, json(`libs/${name}/tsconfig.json`).references.map(({ path }) => basename(path))]),
);

// prettier-ignore
const SCOPE_MAY_IMPORT = {
  kernel: [],
  clinical: ['kernel'],

  retry: [],
  'event-store': ['kernel', 'retry'],
  broker: ['retry'],
  delivery: ['kernel', 'retry', 'broker'],
  'read-store': ['kernel', 'retry', 'delivery'],
  sealing: ['kernel'],
  access: ['kernel'],
  'write-door': ['kernel', 'retry', 'sealing'],
  observability: ['access', 'retry'],
  http: ['kernel', 'retry', 'access', 'observability', 'write-door', 'read-store', 'sealing'],

  ...CONTEXTS,

  coordination: [
    'kernel', 'clinical', 'write-door', 'delivery', 'read-store',
    'directory', 'deadline', 'diagnosis', 'referral', 'assessment', 'plan', 'session', 'safety', 'task',
  ],
  audit: [
    'kernel', 'retry', 'access', 'http', 'read-store', 'write-door', 'sealing',
    'directory', 'referral', 'plan', 'session', 'assessment', 'safety', 'task',
  ],
  fhir: ['kernel', 'access', 'http', 'read-store', 'write-door', 'clinical', 'directory', 'diagnosis', 'safety'],
  testkit: ['kernel', 'event-store', 'write-door', 'broker', 'retry'],

  composition: [
    'kernel', 'retry', 'access', 'http', 'read-store', 'write-door', 'broker', 'delivery', 'event-store', 'sealing',
    'observability',
    'clinical', ...Object.keys(CONTEXTS), 'coordination', 'audit', 'fhir',
  ],
  'write-api': ['composition', 'access'],
  'read-api': ['composition', 'http'],
  'audit-api': ['composition', 'delivery'],
  relay: ['composition', 'delivery'],
  projector: ['composition'],
  coordinator: ['composition'],
  gateway: ['composition', 'access', 'http', 'observability'],
  standalone: ['composition', 'coordination', 'delivery', 'access', 'http', 'observability'],
  // Of imports what is said of files.
  cli: ['retry', 'access', 'event-store', 'http', 'composition', 'standalone', 'fhir'],
  // Of contexts the contracts, and otherwise the types alone (.dependency-cruiser.runtime.cjs).
  web: [
    'kernel', 'clinical', 'directory', 'deadline', 'diagnosis', 'referral', 'plan', 'session', 'assessment', 'safety', 'task', 'document',
    'letter', 'audit', 'fhir',
  ],
};

const TYPE_MAY_IMPORT = {
  kernel: [],
  clinical: ['kernel'],
  platform: ['kernel', 'platform'],
  context: ['kernel', 'clinical', 'platform', 'context'],
  coordination: ['kernel', 'clinical', 'platform', 'context'],
  audit: ['kernel', 'platform', 'context'],
  fhir: ['kernel', 'clinical', 'platform', 'context'],
  testkit: ['kernel', 'platform'],
  composition: ['kernel', 'clinical', 'platform', 'context', 'coordination', 'audit', 'fhir'],
  app: ['kernel', 'platform', 'coordination', 'composition', 'app', 'fhir'],
  web: ['kernel', 'clinical', 'context', 'audit', 'fhir'],
};

const rows = (axis, table, always) =>
  Object.entries(table).map(([from, to]) => ({
    sourceTag: `${axis}:${from}`,
    onlyDependOnLibsWithTags: [...new Set([...to, ...always])].map((tag) => `${axis}:${tag}`),
  }));

/** @param always what a kind of file may import beside its row: specs the testkit, sources nothing. */
const boundaries = (always) => [
  'error',
  {
    depConstraints: [...rows('scope', SCOPE_MAY_IMPORT, always), ...rows('type', TYPE_MAY_IMPORT, always)],
    // The testkit builds on these, and their own specs use the testkit; no source file closes the circle.
    ignoredCircularDependencies: ['event-store', 'write-door', 'sealing', 'broker'].map((one) => [
      '@fascia/testkit',
      `@fascia/${one}`,
    ]),
    enforceBuildableLibDependency: false,
    allowCircularSelfDependency: true,
  },
];

// What no file may import, and what a pure room may not.

const DOORS_ONLY = {
  patterns: [
    {
      regex: String.raw`^\.{1,2}(/index(\.js)?)?$`,
      message: 'Import the file itself: a door is for other projects.',
    },
    {
      regex:
        '^@fascia/[^/]+/(?!(contract|rules|http|host|json|calendar|contraindications|icd10|icd10-files|billing-files)$)',
      message: 'Import the package by a door that its package.json names in `exports`.',
    },
  ],
};
const NO_IN_PROCESS_BACKBONE = {
  paths: [
    {
      name: '@nestjs/cqrs',
      importNames: ['AggregateRoot', 'EventBus', 'EventPublisher', 'Saga', 'EventsHandler'],
      message:
        "These live in one process's memory and lose work on a crash: reactions go through the event store.",
    },
    {
      name: '@nestjs/common',
      importNames: ['forwardRef'],
      message: 'A circle between modules is a fault of the cut.',
    },
  ],
};
const NO_OUTSIDE_WORLD = {
  patterns: [
    { regex: '^@nestjs/', message: 'Decorators live in http.ts only.' },
    {
      regex: String.raw`^(node:)?(fs|net|http|https|dgram|tls|child_process|worker_threads|timers)(/|$)`,
      message: 'A pure room touches nothing outside.',
    },
    { regex: '^(pg|kysely|fastify|pino)(/|$)', message: 'A pure room touches nothing outside.' },
  ],
};

const restricted = (...lists) => [
  'error',
  {
    paths: lists.flatMap((list) => list.paths ?? []),
    patterns: lists.flatMap((list) => list.patterns ?? []),
  },
];

/** Where connections to PostgreSQL are made; specs and the testkit make theirs as they need them. */
const CONNECTIONS = 'libs/platform/event-store/src/postgres/connections.ts';
const ONE_FACTORY = {
  paths: [
    {
      name: 'pg',
      importNames: ['Client', 'Pool', 'default'],
      allowTypeImports: true,
      message:
        'A connection made by hand waits for ever, and ends the process when it breaks: openPool, openClient of @fascia/event-store.',
    },
  ],
};

const WAIT_BY_LIBRARY = [
  {
    selector:
      'NewExpression[callee.name="Promise"] > ArrowFunctionExpression > CallExpression[callee.name=/^set(Timeout|Immediate)$/]',
    message: 'A wait is one of node:timers/promises.',
  },
];

/** Its name alone says nothing ("error"), and its message may hold people's data. */
const ERRORS_BY_NAME = [
  {
    selector:
      'Property[key.name="error"] > :matches(MemberExpression[property.name=/^(name|message)$/], CallExpression[callee.name="String"])',
    message: 'What is said of an error is errorName(error) of @fascia/retry: class, code and place.',
  },
];

const NO_CLOCK_NO_CHANCE = [
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message: 'Time arrives with the command (context.at).',
  },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Time arrives with the command (context.at).',
  },
  { selector: 'CallExpression[callee.name="Date"]', message: 'Time arrives with the command (context.at).' },
  {
    selector: 'CallExpression[callee.object.name="performance"][callee.property.name="now"]',
    message: 'Time arrives with the command (context.at).',
  },
  {
    selector: 'MemberExpression[object.name="Temporal"][property.name="Now"]',
    message: 'Time arrives with the command (context.at).',
  },
  {
    selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
    message: 'Chance arrives from outside: ids come with the command.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(randomUUID|randomBytes|getRandomValues)$/]',
    message: 'Chance arrives from outside: ids come with the command.',
  },
];

const SPECS = ['**/*.spec.ts', '**/*.spec-data.ts', 'test/**'];
const PURE_ROOMS = [
  'libs/kernel/src/**/*.ts',
  'libs/clinical/src/**/*.ts',
  'libs/*/src/{domain,contract}/**/*.ts',
  'libs/*/src/contract.ts',
];
/** Folds and doors get their time from the event or the injected clock. */
const TIMELESS_ROOMS = [
  ...PURE_ROOMS,
  'libs/*/src/{read,write,bundle}/**/*.ts',
  'libs/*/src/context.ts',
  'libs/coordination/src/**/*.ts',
  'libs/platform/write-door/src/**/*.ts',
];

/** Of ESLint's own rules those that find bugs and that the compiler does not cover. */
const BUGS = {
  'array-callback-return': ['error', { checkForEach: false }],
  eqeqeq: 'error',
  'no-async-promise-executor': 'error',
  'no-cond-assign': 'error',
  'no-constant-binary-expression': 'error',
  'no-constant-condition': ['error', { checkLoops: false }],
  'no-debugger': 'error',
  'no-dupe-else-if': 'error',
  'no-duplicate-case': 'error',
  'no-empty': 'error',
  'no-fallthrough': 'error',
  'no-loss-of-precision': 'error',
  'no-misleading-character-class': 'error',
  'no-self-assign': 'error',
  'no-self-compare': 'error',
  'no-sparse-arrays': 'error',
  'no-template-curly-in-string': 'error',
  'no-unreachable-loop': 'error',
  'no-unsafe-finally': 'error',
  'no-unsafe-optional-chaining': 'error',
  'no-unused-private-class-members': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'use-isnan': 'error',
  'valid-typeof': 'error',
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', 'test/architecture/fixtures/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    files: ['**/*.{js,mjs,cjs}'],
    rules: { ...BUGS, 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },

  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.lint.json', './apps/web/tsconfig.json', './apps/web/tsconfig.spec.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { '@nx': nx },
    rules: {
      ...BUGS,
      '@nx/enforce-module-boundaries': boundaries([]),
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      // Texts are counted in code points; a problem document is plain data with a class for OpenAPI.
      '@typescript-eslint/no-misused-spread': [
        'error',
        { allow: ['string', { from: 'file', name: 'Problem' }] },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // A method of an asynchronous port is `async` so that its faults are rejections, awaited or not.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allow: ['URL', 'URLSearchParams'] },
      ],
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'error',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 70],
      'max-params': ['error', 4],
      'no-console': 'error',
      'no-restricted-imports': restricted(DOORS_ONLY, NO_IN_PROCESS_BACKBONE),
      'no-restricted-syntax': ['error', ...WAIT_BY_LIBRARY, ...ERRORS_BY_NAME],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: [...SPECS, 'libs/testkit/**', CONNECTIONS],
    rules: { '@typescript-eslint/no-restricted-imports': restricted(ONE_FACTORY) },
  },
  {
    files: TIMELESS_ROOMS,
    rules: {
      'no-restricted-syntax': ['error', ...WAIT_BY_LIBRARY, ...ERRORS_BY_NAME, ...NO_CLOCK_NO_CHANCE],
    },
  },
  {
    files: PURE_ROOMS,
    // The loader of the ICD-10-CM catalogue is the one clinical file that reads the disk.
    ignores: [...SPECS, 'libs/clinical/src/{icd10,billing}/load.ts'],
    rules: { 'no-restricted-imports': restricted(DOORS_ONLY, NO_IN_PROCESS_BACKBONE, NO_OUTSIDE_WORLD) },
  },
  {
    // What is drawn takes a line for each thing that is seen.
    files: ['**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', 100] },
  },
  {
    files: SPECS.map((glob) => (glob.endsWith('.ts') ? glob : `${glob}/*.ts`)),
    rules: {
      '@nx/enforce-module-boundaries': boundaries(['testkit']),
      'max-lines': ['error', 500],
      // `describe` is a function too, and a row of a table may have many columns.
      'max-lines-per-function': 'off',
      'max-params': 'off',
      // Accounts of what was done are taken apart into their functions.
      '@typescript-eslint/unbound-method': 'off',
      // What a server answers is looked at as it came.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
