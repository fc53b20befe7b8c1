import { checkNode, prepare } from './support/prepare.mjs';
import { exitCode, startProgram, stopSignal } from './support/programs.mjs';

// npm run soak: minutes or hours of talk while everything goes wrong; see docs/soak.md.

checkNode();
const stop = stopSignal();
await prepare();
const soak = startProgram('scripts/soak.ts', { args: process.argv.slice(2) });
const first = await Promise.race([soak.ended, stop]);
process.exit(exitCode(first === 'stop' ? await soak.stop() : first));
