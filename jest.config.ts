import type { Config } from 'jest';
import { createDefaultEsmPreset } from 'ts-jest';

const esm = createDefaultEsmPreset({ tsconfig: 'tsconfig.json', diagnostics: false });

const config: Config = {
  ...esm,
  testMatch: ['<rootDir>/apps/**/*.test.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testTimeout: 30_000,
};

export default config;
