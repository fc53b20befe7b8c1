import { parse as parseCsv } from 'csv-parse/sync';
import { isNode, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { messageOf } from '../../errors.js';
import { fromChatwoot, isChatwoot } from './chatwoot.js';
import { fields, fileRow, type FileRow } from './row.js';

/** Reading files of replies. Every error names the file, the line and the field. */

export type Format = 'json' | 'csv' | 'yaml';

/** A file cannot be read as replies. One message per line, each ready to be printed. */
export class FileError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'FileError';
  }
}

/** A reply of a file, and the line on which it begins. */
export interface ReadRow {
  readonly line: number;
  readonly row: FileRow;
}

export interface ReadFile {
  readonly rows: readonly ReadRow[];
  /** What was read, but perhaps not as its author meant it. */
  readonly warnings: readonly string[];
}

interface RawRow {
  readonly line: number;
  readonly value: unknown;
}

export function formatOf(file: string): Format | undefined {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase();
  if (ending === 'yml') return 'yaml';
  return ending === 'json' || ending === 'csv' || ending === 'yaml' ? ending : undefined;
}

/** Reads the text of a file. Throws FileError, with every problem found, when any row is wrong. */
export function readReplies(
  text: string,
  { file, format }: { readonly file: string; readonly format: Format },
): ReadFile {
  const plain = text.replace(/^\uFEFF/, '');
  const raw = format === 'csv' ? readCsv(plain, file) : readTree(plain, file, format);
  const warnings: string[] = [];
  const problems: string[] = [];
  const rows = raw.flatMap(({ line, value }): ReadRow[] => {
    const where = `${file}, line ${line}`;
    let read = value;
    if (isChatwoot(value)) {
      const { row, unknown } = fromChatwoot(value);
      for (const name of unknown)
        warnings.push(`${where}, text: {{${name}}} has no placeholder here; it is kept as it is.`);
      read = row;
    }
    const parsed = fileRow.safeParse(read);
    if (parsed.success) return [{ line, row: parsed.data }];
    problems.push(...parsed.error.issues.flatMap(issueText).map((problem) => `${where}, ${problem}`));
    return [];
  });
  problems.push(...duplicates(rows, file));
  if (problems.length > 0) throw new FileError(problems);
  return { rows, warnings };
}

/** `text: is missing or not a text`. */
function issueText(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${key}: there is no such field.`);
  const path = issue.path.length === 0 ? 'row' : issue.path.map(String).join('.');
  return [`${path}: ${issue.message}.`];
}

function duplicates(rows: readonly ReadRow[], file: string): string[] {
  return (['title', 'shortcut'] as const).flatMap((field) => {
    const seen = new Map<string, number>();
    return rows.flatMap(({ line, row }) => {
      const value = row[field];
      if (value === undefined || value === '') return [];
      const first = seen.get(value);
      if (first === undefined) seen.set(value, line);
      return first === undefined
        ? []
        : [`${file}, line ${line}, ${field}: “${value}” stands on line ${first} already.`];
    });
  });
}

/** JSON and YAML alike: the tree of a YAML parser knows the lines, and JSON is read by JSON's own rules first. */
function readTree(text: string, file: string, format: 'json' | 'yaml'): RawRow[] {
  if (format === 'json') checkJson(text, file);
  const lines = new LineCounter();
  const document: Document = parseDocument(text, {
    lineCounter: lines,
    schema: 'core',
    prettyErrors: true,
    uniqueKeys: true,
  });
  const [error] = document.errors;
  if (error) {
    throw new FileError([`${file}, line ${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0] ?? ''}`]);
  }
  const { contents } = document;
  if (!isSeq(contents))
    throw new FileError([`${file}, line 1: must be a list of replies, each with a title and a text.`]);
  return contents.items.map((item): RawRow => {
    const range = isNode(item) ? item.range : undefined;
    const value: unknown = isNode(item) ? item.toJS(document) : item;
    return { line: range ? lines.linePos(range[0]).line : 1, value };
  });
}

function checkJson(text: string, file: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    const at = /position (\d+)/.exec(messageOf(error))?.[1];
    const line = at === undefined ? text.split('\n').length : text.slice(0, Number(at)).split('\n').length;
    throw new FileError([`${file}, line ${line}: is not JSON: ${messageOf(error)}`]);
  }
}

/** Headings of tables of other programs: a name and what it stands for. */
const nameHeading = /^(title|name|shortcut|short[_ ]?code|key|trigger|abbreviation)$/i;
const wordsHeading = /^(text|content|message|body|reply|response|answer|value)$/i;

function readCsv(text: string, file: string): RawRow[] {
  const records = parseRecords(text, file);
  const [first] = records;
  if (!first) return [];
  const names = first.cells.map((cell) => cell.trim().toLowerCase());
  if (names.includes('title') && names.includes('text')) return tableRows(records.slice(1), names, file);
  if (records.every(({ cells }) => cells.length === 2)) {
    const isHeading = nameHeading.test(names[0] ?? '') && wordsHeading.test(names[1] ?? '');
    const rows = isHeading ? records.slice(1) : records;
    return rows.map(({ line, cells: [title = '', words = ''] }) => ({
      line,
      value: { title: title.trim(), text: words },
    }));
  }
  throw new FileError([`${file}, line 1: the columns must be named, title and text among them, or be exactly two.`]);
}

function parseRecords(text: string, file: string): { readonly line: number; readonly cells: readonly string[] }[] {
  try {
    const [head = ''] = text.split('\n', 1);
    const ends: number[] = [];
    const records = parseCsv(text, {
      relaxColumnCount: true,
      skipEmptyLines: true,
      // What a spreadsheet writes where the comma is the decimal sign.
      delimiter: head.includes(';') && !head.includes(',') ? ';' : ',',
      onRecord: (record, { lines }) => {
        ends.push(lines);
        return record;
      },
    });
    return records.map((cells, index) => ({ line: (ends[index] ?? 1) - cells.join('').split('\n').length + 1, cells }));
  } catch (error) {
    throw new FileError([`${file}, ${messageOf(error)}`]);
  }
}

const columns = new Set<string>(fields);
/** Columns whose cells hold JSON. */
const structured = new Set<string>(['entities', 'media', 'buttons', 'languages']);

function tableRows(
  records: readonly { readonly line: number; readonly cells: readonly string[] }[],
  names: readonly string[],
  file: string,
): RawRow[] {
  const unknown = names.find((name) => !columns.has(name));
  if (unknown !== undefined) throw new FileError([`${file}, line 1, ${unknown}: there is no such column.`]);
  return records.map(({ line, cells }) => {
    if (cells.length > names.length)
      throw new FileError([`${file}, line ${line}: has more cells than there are columns.`]);
    const entries = names.flatMap((name, column): [string, unknown][] => {
      const cell = cells[column] ?? '';
      return cell === '' && name !== 'text' ? [] : [[name, readCell(name, cell, `${file}, line ${line}, ${name}`)]];
    });
    return { line, value: Object.fromEntries(entries) };
  });
}

function readCell(name: string, cell: string, where: string): unknown {
  if (name === 'keywords')
    return cell
      .split(',')
      .map((keyword) => keyword.trim())
      .filter(Boolean);
  if (name === 'archived') return /^(true|yes|1)$/i.test(cell);
  if (!structured.has(name)) return cell;
  try {
    return JSON.parse(cell);
  } catch (error) {
    throw new FileError([`${where}: is not JSON: ${messageOf(error)}`]);
  }
}
