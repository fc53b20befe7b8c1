import { stringify as stringifyCsv } from 'csv-stringify/sync';
import { stringify as stringifyYaml } from 'yaml';
import type { CannedReply } from '../reply.js';
import type { Format } from './read.js';
import { fields, toRow, type FileRow } from './row.js';

/** The text of a file with these replies. Reading it back gives exactly them. */
export function writeReplies(replies: readonly CannedReply[], format: Format): string {
  const rows = replies.map(toRow);
  switch (format) {
    case 'json':
      return `${JSON.stringify(rows, null, 2)}\n`;
    case 'yaml':
      return rows.length === 0
        ? '[]\n'
        : stringifyYaml(rows, { lineWidth: 0, blockQuote: 'literal', aliasDuplicateObjects: false });
    case 'csv':
      return writeCsv(rows);
  }
}

/** The columns that any reply has something for; title, text and keywords always. */
function writeCsv(rows: readonly FileRow[]): string {
  const used = fields.filter(
    (name) => name === 'title' || name === 'text' || name === 'keywords' || rows.some((row) => row[name] !== undefined),
  );
  return stringifyCsv([used, ...rows.map((row) => used.map((name) => cell(row[name])))]);
}

function cell(value: FileRow[keyof FileRow]): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((keyword) => typeof keyword === 'string')) return value.join(', ');
  return JSON.stringify(value);
}
