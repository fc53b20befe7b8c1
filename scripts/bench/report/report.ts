import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import type { Machine, Results } from '../results.js';
import { anchorPlots, anchorText } from './anchors.js';
import type { Plots } from './markdown.js';
import { relayPlots, relayText } from './relay.js';
import { growthPlots, growthText, intakeText, startupText } from './sizes.js';

const introduction = `# Benchmarks

Written by \`npm run bench\`, which starts its own PostgreSQL (every commit forced to disk), its own Telegram (the sandbox)
and the desk as a process of its own. All of them share the machine's cores, so a machine that does nothing else is faster.
\`npm run bench -- --help\` says what can be chosen; \`results.json\` beside this page has all figures.`;

/** Writes the page and its plots into the folder. */
export async function writeReport(folder: string, results: Results): Promise<void> {
  const { anchors, relay, intake, startup, growth } = results;
  const sections = [
    introduction,
    ...(anchors ? [anchorText(anchors), machineLine(anchors.machine)] : []),
    ...(relay ? [relayText(relay), machineLine(relay.machine)] : []),
    ...(intake ? [intakeText(intake), machineLine(intake.machine)] : []),
    ...(startup ? [startupText(startup), machineLine(startup.machine)] : []),
    ...(growth ? [growthText(growth), machineLine(growth.machine)] : []),
  ];
  const page = await format(sections.join('\n\n'), { parser: 'markdown', printWidth: 120 });
  writeFileSync(join(folder, 'benchmarks.md'), page);
  const plots: Plots = {
    ...(anchors && anchorPlots(anchors)),
    ...(relay && relayPlots(relay)),
    ...(growth && growthPlots(growth)),
  };
  for (const [name, svg] of Object.entries(plots)) writeFileSync(join(folder, name), svg);
}

function machineLine(machine: Machine): string {
  const { processor, cores, memory, node, postgres, date, isQuick, load } = machine;
  const short = isQuick ? ' A short run: rough figures.' : '';
  const gigabytes = (memory / 2 ** 30).toFixed(0);
  return `<sub>${date}, ${cores} × ${processor}, ${gigabytes} GB, Node ${node}, PostgreSQL ${postgres}; on average
${load.toFixed(1)} processes wanted a core.${short}</sub>`;
}
