import { isShortcut } from '../check.js';
import type { FileRow } from './row.js';

/** Chatwoot's canned responses, as its API lists them: `[{"id": 1, "short_code": "...", "content": "..."}]`. */
interface Chatwoot {
  readonly short_code: string;
  readonly content: string;
}

export function isChatwoot(value: unknown): value is Chatwoot {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'short_code' in value &&
    'content' in value &&
    typeof value.short_code === 'string' &&
    typeof value.content === 'string'
  );
}

/** Chatwoot's variables and what they are called here. */
const variables: Readonly<Record<string, string>> = {
  'contact.name': '{first_name}',
  'contact.first_name': '{first_name}',
  'contact.last_name': '{last_name}',
  'agent.name': '{agent}',
  'agent.first_name': '{agent}',
};

/** The row of a response, and the variables in it that have no counterpart. */
export function fromChatwoot({ short_code: code, content }: Chatwoot): { row: FileRow; unknown: string[] } {
  const unknown: string[] = [];
  const text = content.replace(
    /\{\{\s*([\w.]+)\s*(?:\|\s*default:\s*["']([^"'{}|]*)["']\s*)?\}\}/g,
    (whole, name: string, fallback: string | undefined) => {
      const placeholder = variables[name];
      if (placeholder === undefined) {
        unknown.push(name);
        return whole;
      }
      return fallback === undefined ? placeholder : placeholder.replace('}', `|${fallback}}`);
    },
  );
  const shortcut = code.trim().toLowerCase();
  return { row: { title: code.trim(), text, ...(isShortcut(shortcut) && { shortcut }) }, unknown };
}
