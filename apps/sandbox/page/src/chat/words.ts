import type { ShownMessage } from '../../../src/control/client.js';
import { isTextKey, t } from '../text/index.js';

/** A message in a few words, for lists and quotes. */
export function wordsOf(message: Pick<ShownMessage, 'text' | 'caption' | 'kind'>): string {
  const words = message.text || message.caption;
  return words === '' ? kindName(message.kind) : words.replace(/\s+/g, ' ');
}

export function kindName(kind: string): string {
  return isTextKey(kind) ? t(kind) : kind.replaceAll('_', ' ');
}

/** What a service line says. */
export function serviceWords({ service, text }: ShownMessage): string {
  if (service === undefined || !isTextKey(service.what)) return text;
  return t(service.what, { names: service.names.join(', '), title: service.title ?? '' });
}

/** A size for people: 12 B, 3.4 kB, 5.6 MB. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Seconds as 0:07. */
export function durationWords(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
