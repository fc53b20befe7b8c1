import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from './postgresServer.mjs';

/** Once per run: a PostgreSQL server, and a migrated template of each store that the tests copy. */
export default async function setUp() {
  if (process.env['TEST_DATABASE_URL']) {
    process.env['POSTDESK_TEST_POSTGRES'] = process.env['TEST_DATABASE_URL'];
  } else {
    const server = await startPostgres();
    globalThis.postdeskTestServer = server;
    if (server) process.env['POSTDESK_TEST_POSTGRES'] = server.url;
    else {
      process.stderr.write(
        '\n!! NOT RUN ON POSTGRESQL: no server was found. Set TEST_DATABASE_URL, install PostgreSQL, or run npm install.\n\n',
      );
    }
  }
  process.env['POSTDESK_TEST_TEMPLATES'] = mkdtempSync(join(tmpdir(), 'postdesk-test-templates-'));
  const prepare = fileURLToPath(new URL('./prepareTemplates.ts', import.meta.url));
  execFileSync(process.execPath, ['--import', 'tsx', prepare], { stdio: 'inherit' });
}
