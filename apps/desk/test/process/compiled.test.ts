import { execFileSync } from 'node:child_process';
import { copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDataDir, openSandbox, runFile, settingsFor, temporary, untilReady } from './support.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

test('the desk runs compiled to JavaScript too, as it does in the image, with its embedded database', async () => {
  const folder = temporary();
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const project = join(root, 'apps/desk/tsconfig.build.json');
  execFileSync(process.execPath, [compiler, '--project', project, '--outDir', folder]);
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  for (const name of ['node_modules', 'prisma']) symlinkSync(join(root, name), join(folder, name));

  const settings = { ...(await settingsFor(await openSandbox())), DATABASE_URL: '', DATA_DIR: createDataDir() };
  const desk = runFile(join(folder, 'apps/desk/src/main.js'), settings);
  expect(await untilReady(desk)).toMatchObject({ status: 'ready' });
  expect(await desk.stop()).toEqual({ code: 0, signal: null });
});
