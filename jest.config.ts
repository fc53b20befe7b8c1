import type { Config } from 'jest';
import { createDefaultEsmPreset } from 'ts-jest';
import { findPostgres } from './apps/desk/test/support/postgresServer.mjs';

type Project = Exclude<NonNullable<Config['projects']>[number], string>;
type Store = 'postgres' | 'embedded';

const common: Project = {
  ...createDefaultEsmPreset({ tsconfig: 'tsconfig.json', diagnostics: false }),
  rootDir: '.',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

/** With a PostgreSQL server, where there is one, and with databases to copy. */
const withDatabases: Project = {
  ...common,
  globalSetup: '<rootDir>/apps/desk/test/support/globalSetup.mjs',
  globalTeardown: '<rootDir>/apps/desk/test/support/globalTeardown.mjs',
};

/** Tests that need a database run once per store, except those of one store's own folder. */
const onStore = (store: Store, other: Store): Project => ({
  ...withDatabases,
  displayName: store,
  testMatch: ['<rootDir>/apps/desk/test/{store,scenarios,faults}/**/*.test.ts'],
  testPathIgnorePatterns: [`/(store|faults)/${other}/`],
  globals: { store },
});

/** Without a server the tests run on the embedded database alone; scripts/test.mjs says so loudly. */
async function config(): Promise<Config> {
  const hasPostgres = process.env['TEST_DATABASE_URL'] !== undefined || (await findPostgres()) !== undefined;
  return {
    maxWorkers: '100%',
    testTimeout: 90_000,
    projects: [
      { ...common, displayName: 'sandbox', testMatch: ['<rootDir>/apps/sandbox/**/*.test.ts'] },
      {
        ...common,
        displayName: 'unit',
        testMatch: [
          '<rootDir>/apps/desk/test/{unit,contract,relevance}/**/*.test.ts',
          '<rootDir>/scripts/**/*.test.ts',
        ],
      },
      onStore('embedded', 'postgres'),
      ...(hasPostgres ? [onStore('postgres', 'embedded')] : []),
      {
        ...withDatabases,
        displayName: 'browser',
        testMatch: ['<rootDir>/apps/desk/test/browser/**/*.test.ts'],
        globals: { store: 'embedded' },
      },
      { ...withDatabases, displayName: 'process', testMatch: ['<rootDir>/apps/desk/test/process/**/*.test.ts'] },
    ],
  };
}

export default config;
