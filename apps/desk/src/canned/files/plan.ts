import { isDeepStrictEqual } from 'node:util';
import { problemsOf, type Problem } from '../check.js';
import type { CannedReply, StoredReply } from '../reply.js';
import { FileError, type ReadRow } from './read.js';
import { fromRow } from './row.js';

/** What an import does to one reply. */
export interface PlannedChange {
  readonly kind: 'add' | 'update';
  readonly reply: CannedReply;
  /** What is there now, for an update. */
  readonly existing?: StoredReply;
}

export interface ImportPlan {
  readonly changes: readonly PlannedChange[];
  readonly unchanged: number;
}

interface PlanContext {
  readonly file: string;
  readonly existing: readonly StoredReply[];
  readonly say: (problem: Problem) => string;
}

/** Compares a file with what is there, by title. Throws FileError, with every problem, when any row cannot be kept. */
export function planImport(rows: readonly ReadRow[], { file, existing, say }: PlanContext): ImportPlan {
  const byTitle = new Map(existing.map((reply) => [reply.title, reply]));
  const inFile = new Set(rows.map(({ row }) => row.title));
  // A shortcut that the file gives to another reply is free.
  const taken = new Map(
    existing.flatMap((reply) =>
      reply.shortcut === undefined || inFile.has(reply.title) ? [] : [[reply.shortcut, reply.title]],
    ),
  );
  const problems: string[] = [];
  const changes = rows.flatMap(({ line, row }): PlannedChange[] => {
    const known = byTitle.get(row.title);
    const reply = fromRow(row, known);
    const where = `${file}, line ${line}`;
    problems.push(...problemsOf(reply).map((problem) => `${where}, ${problem.field}: ${say(problem)}`));
    const { shortcut } = reply;
    const holder = shortcut === undefined ? undefined : taken.get(shortcut);
    if (holder !== undefined) problems.push(`${where}, shortcut: “${shortcut ?? ''}” belongs to “${holder}”.`);
    else if (shortcut !== undefined) taken.set(shortcut, reply.title);
    if (!known) return [{ kind: 'add', reply }];
    return sameReply(known, reply) ? [] : [{ kind: 'update', reply, existing: known }];
  });
  if (problems.length > 0) throw new FileError(problems);
  return { changes, unchanged: rows.length - changes.length };
}

function sameReply(one: CannedReply, other: CannedReply): boolean {
  return isDeepStrictEqual(bare(one), bare(other));
}

function bare({ shortcut, title, keywords, archived, wordings }: CannedReply): unknown {
  return JSON.parse(JSON.stringify({ shortcut, title, keywords, archived, wordings }));
}
