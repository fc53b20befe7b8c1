import { play } from './demo/play.js';
import { openStage } from './demo/stage.js';

// A conversation of two customers and two agents against the sandbox, with a real desk on an embedded database that is
// thrown away afterwards. Every view is asked of the sandbox at that moment. Exit code 1 when something does not show.

const interrupted = new Promise<'interrupted'>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve('interrupted'));
});
const stage = await openStage();
const outcome = await Promise.race([play(stage), interrupted]);
await stage.close();
process.exit(outcome === 'played' ? 0 : 1);
