import { writeFileSync } from 'node:fs';
import pg from 'pg';
import { openPostgres } from '../../src/store/database.js';
import { openEmbedded } from '../../src/store/embedded/open.js';
import { migrate } from '../../src/store/migrate.js';
import { databaseUrl, embeddedDirectory, embeddedTemplate, postgresTemplate, postgresUrl } from './stores.js';

// Run by globalSetup.mjs: makes a migrated template of each store.

const embedded = await openEmbedded({ dataDir: embeddedDirectory });
await embedded.hold((connection) => migrate(connection));
writeFileSync(embeddedTemplate, await embedded.dump());
await embedded.close();

if (postgresUrl !== undefined) {
  const admin = new pg.Client({ connectionString: postgresUrl });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${postgresTemplate}`);
  await admin.query(`CREATE DATABASE ${postgresTemplate}`);
  await admin.end();
  const database = openPostgres(databaseUrl(postgresUrl, postgresTemplate));
  await database.hold((connection) => migrate(connection));
  await database.close();
}
