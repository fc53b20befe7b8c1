import type { Config } from 'jest';
import { createDefaultEsmPreset } from 'ts-jest';

type Project = Exclude<NonNullable<Config['projects']>[number], string>;

const common: Project = {
  ...createDefaultEsmPreset({ tsconfig: 'tsconfig.json', diagnostics: false }),
  rootDir: '.',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

/** Tests that need a database run once per store. */
const onStore = (store: 'postgres' | 'embedded'): Project => ({
  ...common,
  displayName: store,
  testMatch: ['<rootDir>/apps/desk/test/{store,scenarios}/**/*.test.ts'],
  globalSetup: '<rootDir>/apps/desk/test/support/globalSetup.mjs',
  globalTeardown: '<rootDir>/apps/desk/test/support/globalTeardown.mjs',
  globals: { store },
});

const config: Config = {
  maxWorkers: '100%',
  testTimeout: 30_000,
  projects: [
    { ...common, displayName: 'sandbox', testMatch: ['<rootDir>/apps/sandbox/**/*.test.ts'] },
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/apps/desk/test/unit/**/*.test.ts'] },
    onStore('embedded'),
    onStore('postgres'),
  ],
};

export default config;
