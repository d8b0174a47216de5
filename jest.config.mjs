/** One Jest run for the whole workspace: TypeScript through SWC, ES modules, sources instead of dist. */
const swc = (parser, transform) => [
  '@swc/jest',
  {
    jsc: { parser: { syntax: 'typescript', ...parser }, transform, target: 'es2024' },
    module: { type: 'es6' },
  },
];
const transform = {
  '^.+\\.ts$': swc({ decorators: true }, { legacyDecorator: true, decoratorMetadata: true }),
  '^.+\\.tsx$': swc({ tsx: true }, { react: { runtime: 'automatic' } }),
  '^.+\\.css$': '<rootDir>/test/stylesheets.mjs',
};

export default {
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/test/architecture/fixtures/'],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform,
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Its ES modules import JSON in a way that Jest warns about once per file and spec.
    '^libphonenumber-js/max$': '<rootDir>/node_modules/libphonenumber-js/max/index.cjs',
    // pg requires pg-pool; the import condition below would hand it the ES module instead.
    '^pg-pool$': '<rootDir>/node_modules/pg-pool/index.js',
  },
  // One PostgreSQL server for the whole run; every spec file makes a database of its own.
  globalSetup: '<rootDir>/test/start-servers.ts',
  globalTeardown: '<rootDir>/test/stop-servers.ts',
  maxWorkers: 2,
  // Modules of a spec file are never given back by its process: beyond this another takes its place.
  workerIdleMemoryLimit: '1500MB',
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@fascia/source', 'node', 'import', 'default'] },
  setupFiles: [
    'reflect-metadata',
    ...(process.env.FASCIA_SAME_DRAWS === '1' ? ['<rootDir>/test/mutations/same-draws.ts'] : []),
  ],
  // Real servers start, die and recover: waits have deadlines of their own.
  testTimeout: 150_000,
};
