import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemaDiff, withSchemaEngine } from '../../../../../scripts/support/schemaDiff.js';
import { migrate } from '../../../src/store/migrate.js';

const prisma = fileURLToPath(new URL('../../../../../prisma', import.meta.url));

test('the migrations make the database that schema.prisma describes', async () => {
  expect(await schemaDiff(prisma)).toBe('');
});

test('a field that has no migration is noticed', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'postdesk-test-prisma-'));
  cpSync(prisma, copy, { recursive: true });
  const schema = join(copy, 'schema.prisma');
  writeFileSync(schema, readFileSync(schema, 'utf8').replace('model Bot {', 'model Bot {\n  motto String?'));
  expect(await schemaDiff(copy)).toContain('ADD COLUMN     "motto" TEXT');
  rmSync(copy, { recursive: true });
});

test('a database that was migrated here is up to date for Prisma: nothing is missing, changed or unfinished', () =>
  withSchemaEngine(prisma, async ({ schemaEngine, database, migrationsList }) => {
    const { filters } = migrationsList;
    const diagnose = (): Promise<unknown> =>
      schemaEngine.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: false });
    expect(await diagnose()).toMatchObject({ hasMigrationsTable: false });
    await migrate({ query: async <Row>(sql: string) => (await database.exec(sql)).at(-1)!.rows as Row[] });
    expect(await diagnose()).toMatchObject({
      hasMigrationsTable: true,
      failedMigrationNames: [],
      editedMigrationNames: [],
      history: null,
    });
  }));
