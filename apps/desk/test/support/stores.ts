import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openPostgres, type Database } from '../../src/store/database.js';
import { openEmbedded } from '../../src/store/embedded/open.js';

export type StoreKind = Database['kind'];

/** Where the templates of this run are. */
export const templates = process.env['POSTDESK_TEST_TEMPLATES'] ?? '';
/** A data directory to copy, which is quicker than reading the dump. */
export const embeddedDirectory = join(templates, 'embedded');
export const embeddedTemplate = join(templates, 'embedded.tar');
/** The server of this run; undefined when there is none. */
export const postgresUrl = process.env['POSTDESK_TEST_POSTGRES'];
/** Named after the run, because runs may share a server. */
export const postgresTemplate = `postdesk_${templates.replace(/\W/g, '_').slice(-12).toLowerCase()}`;

export interface TestStore {
  readonly database: Database;
  /** For programs that open the database themselves. */
  readonly env: Readonly<Record<string, string>>;
  destroy(): Promise<void>;
}

/** An empty, migrated database of its own. */
export async function createStore(kind: StoreKind): Promise<TestStore> {
  return kind === 'embedded' ? createEmbedded() : createPostgres();
}

async function createEmbedded(): Promise<TestStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'postdesk-test-'));
  cpSync(embeddedDirectory, dataDir, { recursive: true });
  const database = await openEmbedded({ dataDir });
  return {
    database,
    env: { DATA_DIR: dataDir },
    destroy: async () => {
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function createPostgres(): Promise<TestStore> {
  if (postgresUrl === undefined) throw new Error('there is no PostgreSQL server: see TEST_DATABASE_URL in the README');
  const server = postgresUrl;
  const name = `postdesk_test_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${postgresTemplate}`);
  const url = databaseUrl(server, name);
  const database = openPostgres(url);
  return {
    database,
    env: { DATABASE_URL: url },
    destroy: async () => {
      await database.close();
      await administer(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
