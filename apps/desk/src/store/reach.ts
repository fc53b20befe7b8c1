import { ConfigError, messageOf } from '../errors.js';
import type { Database } from './database.js';
import { codeOf } from './errors.js';

/** The oldest release that the tests run on. */
const oldestMajor = 15;

/** Asks the server who it is. Throws ConfigError, which names DATABASE_URL, when it cannot serve the desk. */
export async function reachPostgres(database: Database): Promise<{ readonly version: string }> {
  const version = await ask(database);
  if (Number.parseInt(version, 10) >= oldestMajor) return { version };
  throw new ConfigError([`DATABASE_URL: this is PostgreSQL ${version}. ${oldestMajor} or newer is needed.`]);
}

async function ask(database: Database): Promise<string> {
  try {
    const [row] = await database.query<{ server_version: string }>('SHOW server_version');
    return row?.server_version ?? '';
  } catch (error) {
    throw new ConfigError([`DATABASE_URL: ${explain(error)}`]);
  }
}

/** SQLSTATE codes of PostgreSQL, appendix A: what a person can put right. */
function explain(error: unknown): string {
  // Where a host has several addresses, Node's error has a code and no text.
  const reason = messageOf(error) || (codeOf(error) ?? 'no reason given');
  switch (codeOf(error)) {
    case '28P01':
    case '28000':
      return `the PostgreSQL server refuses the user or the password (${reason}).`;
    case '3D000':
      return `the database is not there (${reason}). Create it on the server.`;
    case '57P03':
      return `the PostgreSQL server is starting or stopping (${reason}). Try again in a moment.`;
    case '53300':
      return `the PostgreSQL server has no connection left (${reason}).`;
    default:
      return `no PostgreSQL server answers there (${reason}). Is it running, and are host and port right?`;
  }
}
