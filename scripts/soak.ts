import { randomInt } from 'node:crypto';
import { readOptions, usage, UsageError } from './soak/options.js';
import { soak } from './soak/soak.js';

// npm run soak: customers and agents talk while everything goes wrong; in the end nothing may be missing.

const cleanUps: (() => Promise<void> | void)[] = [];
const began = performance.now();

function say(text: string): void {
  const seconds = ((performance.now() - began) / 1_000).toFixed(3);
  process.stdout.write(`${seconds.padStart(9)} ${text}\n`);
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), randomInt(2 ** 32));
  say(`seed ${options.seed}`);
  const stopped = new Promise<'stopped'>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve('stopped'));
  });
  try {
    const ended = soak({ options, say, later: (cleanUp) => cleanUps.push(cleanUp) });
    const held = await Promise.race([ended, stopped]);
    if (held === 'stopped') return 130;
    return held ? 0 : 1;
  } finally {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isUsage = error instanceof UsageError;
    process.stderr.write(
      isUsage ? `${error.message}\n${usage}\n` : `${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exit(isUsage ? 2 : 1);
  },
);
