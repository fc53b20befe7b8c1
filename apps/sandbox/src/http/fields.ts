import { badRequest } from '../errors.js';

/** One parameter as text, in the order in which it was sent. */
export interface Field {
  readonly name: string;
  readonly value: string;
}

/** Parameters of a query string or of an urlencoded body; `+` is a space, broken escapes stay as they are. */
export function urlEncodedFields(text: string): Field[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.replaceAll('+', ' ').split('=');
      return { name: decodePercent(name), value: decodePercent(value.join('=')) };
    });
}

/** Undoes `%xx`, byte by byte; a `%` without two hexadecimal digits is itself. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  const decoded = bytes.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return decodeUtf8(Buffer.from(decoded, 'latin1'));
}

/** Refuses bytes that are not UTF-8 the way Telegram refuses such texts. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw badRequest('strings must be encoded in UTF-8');
  }
}

/**
 * The members of a JSON body: strings decoded, everything else as the text it was written as, so that a number of any
 * size keeps its digits. Like Telegram's server (td HttpReader::parse_json_parameters) this never refuses: of a broken
 * body the members before the fault count, and the method then misses the rest. A lone string is the parameter
 * `content`.
 */
export function jsonFields(text: string): Field[] {
  const whole = parsed(text.trim());
  if (typeof whole === 'string') return [{ name: 'content', value: whole }];
  const fields: Field[] = [];
  let at = skipSpace(text, 0);
  if (text[at] !== '{') return fields;
  do {
    const nameFrom = skipSpace(text, at + 1);
    const nameEnd = valueEnd(text, nameFrom);
    const valueFrom = skipSpace(text, nameEnd) + 1;
    const end = valueEnd(text, skipSpace(text, valueFrom));
    const name = parsed(text.slice(nameFrom, nameEnd));
    const raw = text.slice(valueFrom, end).trim();
    const value = parsed(raw);
    if (typeof name !== 'string' || text[valueFrom - 1] !== ':' || value === undefined) break;
    fields.push({ name, value: typeof value === 'string' ? value : raw });
    at = skipSpace(text, end);
  } while (text[at] === ',');
  return fields;
}

/** The value of a JSON text; undefined, which JSON cannot say, for a text that is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
}

/** Where the JSON value that starts at `from` ends: after its closing quote or bracket, or before the next separator. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const char = text.charAt(at);
    if (depth === 0 && at > from && ',:}] \t\r\n'.includes(char)) return at;
    if (char === '"') at = stringEnd(text, at);
    else at += 1;
    if ('{['.includes(char)) depth += 1;
    if ('}]'.includes(char)) depth -= 1;
    if (depth === 0 && '"}]'.includes(char)) return at;
  }
  return at;
}

function stringEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
