import { randomUUID } from 'node:crypto';
import { knowBot } from '../../src/store/bots.js';
import type { Database } from '../../src/store/database.js';
import { fileStore } from './office.js';

/** A bot without a desk, for tests of the store alone. */
export interface TestBot {
  readonly database: Database;
  readonly bot: string;
}

/** A bot of its own in the database of the test file. */
export async function createBot(): Promise<TestBot> {
  const { database } = await fileStore();
  const { id } = await knowBot(database, { externalId: `test:${randomUUID()}`, name: 'test' });
  return { database, bot: id };
}
