import { checkNode, prepare } from './support/prepare.mjs';
import { exitCode, startProgram, stopSignal } from './support/programs.mjs';

// npm run demo: a conversation of two customers and two agents, told step by step.

checkNode();
const stop = stopSignal();
await prepare();
const demo = startProgram('scripts/demo.ts');
const first = await Promise.race([demo.ended, stop]);
process.exit(exitCode(first === 'stop' ? await demo.stop() : first));
