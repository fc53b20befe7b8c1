import { checkNode, prepare } from './support/prepare.mjs';
import { exitCode, exitCodeAfterStop, startProgram, stopSignal } from './support/programs.mjs';
import { hasToken, loadDotEnv, sandboxSettings, savedToken } from './support/settings.mjs';

// npm run desk -- COMMAND: the desk's command line. Without a token it is about the sandbox of `npm start`.

checkNode();
loadDotEnv();
if (!hasToken()) Object.assign(process.env, savedToken(), sandboxSettings());
const stop = stopSignal();
await prepare();
const desk = startProgram('apps/desk/src/cli.ts', { args: process.argv.slice(2) });
const first = await Promise.race([desk.ended, stop]);
process.exit(first === 'stop' ? exitCodeAfterStop(await desk.stop()) : exitCode(first));
