import tseslint from 'typescript-eslint';

/** A wall: files matching `files` may not import what `patterns` name. The message says why. */
const wall = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

const apart = { regex: 'apps/sandbox|\\.\\./sandbox/', message: 'The desk and the sandbox meet over HTTP only.' };
const apartDesk = { regex: 'apps/desk|\\.\\./desk/', message: 'The sandbox and the desk meet over HTTP only.' };
const telegraf = { regex: '^telegraf|^@telegraf', message: 'Only apps/desk/src/telegram talks to Telegram.' };
const prisma = { regex: '^@prisma|^pg$|^@electric-sql', message: 'Only apps/desk/src/store talks to the database.' };
const pino = { regex: '^pino', message: 'The relay core logs nothing; log.ts is the only importer of pino.' };
const behindThePage = {
  regex: '/src/(?!control/(client|protocol)[/.])',
  message: 'The page knows of the sandbox what the control client knows.',
};
const node = { regex: '^node:|^fastify|^sirv', message: 'The page runs in a browser.' };
const upwards = {
  regex: '^\\.\\./(telegram|store|ingest|delivery|log|config)',
  message: 'The relay core imports nothing but itself.',
};

export default tseslint.config(
  { ignores: ['**/node_modules/**', 'data/**', '**/dist/**', 'coverage/**', '**/generated/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: new URL('..', import.meta.url).pathname },
    },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      // Objects are closures here: a method has no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-params': 'off',
      '@typescript-eslint/max-params': ['error', { max: 3 }],
      complexity: ['error', 16],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'config.ts is the only reader of the environment.',
        },
      ],
    },
  },
  {
    files: ['jest.config.ts', 'scripts/**', '**/vite.config.ts', '**/test/support/global*.mjs'],
    rules: { 'no-restricted-exports': 'off', 'no-restricted-syntax': 'off', 'no-console': 'off' },
  },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['apps/desk/src/config.ts', 'apps/sandbox/src/main.ts', 'apps/*/test/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.test.ts', 'apps/*/test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
      'max-lines': 'off',
    },
  },
  wall(['apps/desk/src/**'], [apart, telegraf, prisma, pino]),
  wall(['apps/desk/src/telegram/**'], [apart, prisma, pino]),
  wall(['apps/desk/src/store/**'], [apart, telegraf, pino]),
  wall(['apps/desk/src/log.ts'], [apart, telegraf, prisma]),
  wall(['apps/desk/src/relay/**'], [apart, telegraf, prisma, pino, upwards]),
  wall(['apps/sandbox/src/**'], [apartDesk, telegraf, prisma]),
  wall(['apps/sandbox/page/src/**'], [apartDesk, telegraf, prisma, behindThePage, node]),
  {
    files: ['apps/sandbox/page/src/**'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer', 'global', 'require', 'setImmediate', '__dirname'],
      // What people write is text, never markup.
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({ property })),
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'No markup.' },
      ],
    },
  },
);
