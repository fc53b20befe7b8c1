import type { Config } from '../config.js';
import { openPostgres, type Database } from './database.js';
import { openEmbedded } from './embedded/open.js';
import { reachPostgres } from './reach.js';

/** Opens the database that the settings name. Throws ConfigError when it cannot be reached, or another process has it. */
export async function openDatabase({ database: config }: Pick<Config, 'database'>): Promise<Database> {
  if (config.kind === 'embedded') return openEmbedded({ dataDir: config.dataDir });
  const database = openPostgres(config.url);
  try {
    await reachPostgres(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
