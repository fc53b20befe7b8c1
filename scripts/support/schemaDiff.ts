import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import { PrismaPGlite } from 'pglite-prisma-adapter';

/**
 * The SQL that would bring a database with all migrations of `folder` to what `schema.prisma` says; empty when they
 * agree. Runs Prisma's own schema engine on an embedded database, so nothing is downloaded.
 */
export async function schemaDiff(folder: string): Promise<string> {
  const database = await PGlite.create();
  try {
    const content = await readFile(join(folder, 'schema.prisma'), 'utf8');
    await startEngine();
    const schemaEngine = await engine.SchemaEngine.new(
      { datamodels: [['schema.prisma', content]] },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(database)),
    );
    const { stdout } = await schemaEngine.diff({
      from: { tag: 'migrations', ...(await migrationList(join(folder, 'migrations'))) },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return (stdout ?? '').replace('-- This is an empty migration.', '').trim();
  } finally {
    await database.close();
  }
}

async function migrationList(baseDir: string): Promise<engine.MigrationList> {
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = async (name: string): Promise<engine.MigrationDirectory> => {
    const content = await readFile(join(baseDir, name, 'migration.sql'), 'utf8');
    return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: content } } };
  };
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: await readFile(join(baseDir, 'migration_lock.toml'), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(names.sort().map(read)),
  };
}

/** The package's own entry imports its WebAssembly as a module, which Node 20 does not do. */
async function startEngine(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(path.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...engine } });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}
