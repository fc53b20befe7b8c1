import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemaDiff } from './support/schemaDiff.js';

// npm run migration -- NAME: writes the migration that brings the database to what prisma/schema.prisma says.

const [name] = process.argv.slice(2);
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error('usage: npm run migration -- NAME (lower-case letters, digits and _)');
  process.exit(2);
}
const prisma = fileURLToPath(new URL('../prisma', import.meta.url));
await mkdir(join(prisma, 'migrations'), { recursive: true });
const sql = await schemaDiff(prisma);
if (sql === '') {
  console.log('schema.prisma and the migrations agree: nothing to write');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(prisma, 'migrations', `${stamp}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, 'migration.sql'), `${sql}\n`);
  console.log(`wrote ${folder}/migration.sql: read it before you commit it`);
}
