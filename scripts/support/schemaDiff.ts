import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import { PrismaPGlite } from 'pglite-prisma-adapter';

/**
 * The SQL that would bring a database with all migrations of `folder` to what `schema.prisma` says; empty when they
 * agree.
 */
export async function schemaDiff(folder: string): Promise<string> {
  const content = await readFile(join(folder, 'schema.prisma'), 'utf8');
  const { stdout } = await withSchemaEngine(folder, ({ schemaEngine, migrationsList }) =>
    schemaEngine.diff({
      from: { tag: 'migrations', ...migrationsList },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
      script: true,
      exitCode: null,
      filters: migrationsList.filters,
    }),
  );
  return (stdout ?? '').replace('-- This is an empty migration.', '').trim();
}

export interface EngineSession {
  readonly schemaEngine: engine.SchemaEngine;
  /** The embedded database that the engine works on; empty at first. */
  readonly database: PGlite;
  readonly migrationsList: engine.MigrationList & { readonly filters: engine.SchemaFilter };
}

/** Prisma's own schema engine, as WebAssembly and on an embedded database, so that nothing is downloaded. */
export async function withSchemaEngine<T>(folder: string, work: (session: EngineSession) => Promise<T>): Promise<T> {
  const content = await readFile(join(folder, 'schema.prisma'), 'utf8');
  const list = await migrationList(join(folder, 'migrations'));
  const migrationsList = { ...list, filters: { externalTables: [], externalEnums: [] } };
  const database = await PGlite.create();
  const factory = new ClosingFactory(database);
  try {
    started ??= startEngine();
    await started;
    const schemaEngine = await engine.SchemaEngine.new(
      { datamodels: [['schema.prisma', content]] },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(factory),
    );
    return await work({ schemaEngine, database, migrationsList });
  } finally {
    await factory.close();
  }
}

/** Makes the engine's second database, in which it replays the migrations, one that can be closed. */
class ClosingFactory extends PrismaPGlite {
  private readonly databases: PGlite[];

  constructor(database: PGlite) {
    super(database);
    this.databases = [database];
  }

  override async connectToShadowDb(): ReturnType<PrismaPGlite['connectToShadowDb']> {
    const shadow = await PGlite.create();
    this.databases.push(shadow);
    return new PrismaPGlite(shadow).connect();
  }

  async close(): Promise<void> {
    for (const database of this.databases) {
      // PostgreSQL writes its statistics ten seconds later, and the timer would keep this process waiting for it.
      await database.exec('SELECT pg_stat_force_next_flush()');
      await database.close();
    }
  }
}

let started: Promise<void> | undefined;

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
