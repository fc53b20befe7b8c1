import { checkNode, prepare } from './support/prepare.mjs';
import { exitCode, startProgram, stopSignal } from './support/programs.mjs';

// npm run bench: how fast the desk is, measured and written to docs/benchmarks. npm run bench -- --help says more.

checkNode();
const stop = stopSignal();
await prepare();
const bench = startProgram('scripts/bench.ts', { args: process.argv.slice(2) });
const first = await Promise.race([bench.ended, stop]);
process.exit(exitCode(first === 'stop' ? await bench.stop() : first));
