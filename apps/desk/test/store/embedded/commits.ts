import { openEmbedded } from '../../../src/store/embedded/open.js';

// Run by durability.test.ts as a process of its own: commits rows to the database in argv[2] from the number in argv[3]
// on, and says each number as soon as its commit is acknowledged. Goes on until it is killed.

const [, , dataDir = '', from = '1'] = process.argv;
const database = await openEmbedded({ dataDir });
for (let id = Number(from); ; id += 1) {
  await database.transaction((sql) => sql.query('INSERT INTO notes (id) VALUES ($1)', [id]));
  process.stdout.write(`${id}\n`);
}
