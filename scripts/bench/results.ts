import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { AnchorResults } from './anchors/anchors.js';
import type { Grown } from './growth.js';
import type { Intake } from './intake.js';
import type { Overhead, Throughput } from './relay.js';
import type { Backlog, Startup } from './startup.js';
import type { StoreName } from './office.js';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memory: number;
  readonly node: string;
  readonly postgres: string;
  readonly date: string;
  /** A short run: its figures are rough. */
  readonly isQuick: boolean;
  /** Processes that wanted a core while it ran, on average; above the number of cores others were at work too. */
  readonly load: number;
}

export interface ModelRow {
  readonly policy: string;
  /** Messages per minute with the relay's p95 within so many seconds. */
  readonly loads: readonly { readonly p95: number; readonly perMinute: number }[];
  readonly callsPerMessage: number;
  readonly refused: number;
  readonly answersP95: number;
  /** p95 of the others beside a flooder. */
  readonly floodP95: number;
  readonly curve: readonly { readonly x: number; readonly y: number }[];
}

export interface RelayRow {
  readonly store: StoreName;
  readonly customers: number;
  readonly overhead: Overhead;
  readonly throughput: readonly Throughput[];
}

/** Everything measured so far. Each part replaces its own. */
export interface Results {
  readonly anchors?: AnchorResults & { readonly machine: Machine };
  readonly relay?: { readonly machine: Machine; readonly rows: readonly RelayRow[] };
  readonly intake?: { readonly machine: Machine; readonly rows: readonly Intake[] };
  readonly startup?: { readonly machine: Machine; readonly start: Startup; readonly backlog: Backlog };
  readonly growth?: { readonly machine: Machine; readonly rows: readonly Grown[] };
}

const file = 'results.json';

export function loadResults(folder: string): Results {
  const path = join(folder, file);
  const read: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  return isResults(read) ? read : {};
}

/** The bench's own words, as `saveResults` wrote them. */
function isResults(read: unknown): read is Results {
  return typeof read === 'object' && read !== null;
}

export function saveResults(folder: string, results: Results): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), `${JSON.stringify(results, undefined, 1)}\n`);
}

export function thisMachine(details: Pick<Machine, 'postgres' | 'isQuick' | 'load'>): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory: totalmem(),
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
    ...details,
  };
}
