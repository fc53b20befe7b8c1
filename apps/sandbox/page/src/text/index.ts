import { language } from '../state/settings.js';
import { en, type TextKey, type Texts } from './en.js';
import { pt } from './pt.js';

const TEXTS: Readonly<Record<'en' | 'pt', Texts>> = { en, pt };

export type { TextKey } from './en.js';

/** A sentence in the language of the page. Whoever calls it while rendering is rendered anew in another language. */
export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return TEXTS[language.value][key].replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
}

type Counted = 'comments' | 'votes' | 'unread' | 'times';

/** A sentence with a number in it, in the form that the number asks for. */
export function tCount(key: Counted, n: number): string {
  const form = new Intl.PluralRules(language.value).select(n) === 'one' ? 'one' : 'other';
  return t(`${key}_${form}`, { n });
}

/** True for the name of a sentence: kinds and service lines that the page knows have one. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(en, key);
}

/** Hours and minutes of a time in seconds since the epoch. */
export function clockTime(seconds: number): string {
  return new Intl.DateTimeFormat(language.value, { hour: '2-digit', minute: '2-digit', hour12: false }).format(
    seconds * 1000,
  );
}

/** The day of a time in seconds since the epoch, in words. */
export function dayName(seconds: number, now = Date.now()): string {
  const day = (ms: number): string => new Date(ms).toDateString();
  if (day(seconds * 1000) === day(now)) return t('today');
  if (day(seconds * 1000) === day(now - 86_400_000)) return t('yesterday');
  return new Intl.DateTimeFormat(language.value, { day: 'numeric', month: 'long', year: 'numeric' }).format(
    seconds * 1000,
  );
}
