import { FluentBundle, FluentResource } from '@fluent/bundle';
import type { Notice } from '../relay/notices.js';
import type { Side } from '../relay/model.js';
import { en } from './en.js';
import { pt } from './pt.js';

/** What the desk says, in the reader's language where it is known to us, else in English. */
export interface Phrases {
  /** A line in the thread, in the team's language, or to the customer, in theirs. */
  notice(notice: Notice, to: Side, language?: string): string;
  /** Any other sentence, in the team's language. */
  say(id: string, args?: Readonly<Record<string, string>>): string;
  /** Any other sentence, in the language of the person who reads it. */
  saying(language: string | undefined, id: string, args?: Readonly<Record<string, string>>): string;
  /** What a kind of message is called. */
  kind(name: string, language?: string): string;
}

const sources: Readonly<Record<string, string>> = { en, pt };

/** The languages that there are texts in. */
export const languages = Object.keys(sources);

/** `teamLanguage` is what the team reads: one of `languages`. */
export function createPhrases(teamLanguage = 'en'): Phrases {
  const bundles = new Map(Object.entries(sources).map(([language, source]) => [language, bundle(language, source)]));
  const speak = (language: string | undefined, id: string, args: Readonly<Record<string, string>> = {}): string => {
    const chosen = bundles.get(language?.split('-')[0]?.toLowerCase() ?? '') ?? bundles.get('en');
    const pattern = chosen?.getMessage(id)?.value;
    if (chosen === undefined || pattern === undefined || pattern === null) throw new Error(`there is no text “${id}”`);
    return chosen.formatPattern(pattern, { ...args });
  };
  const kind = (name: string, language?: string): string =>
    bundles.get('en')?.hasMessage(`kind-${name}`) === true
      ? speak(language, `kind-${name}`)
      : speak(language, 'kind-unknown');
  return {
    notice: (notice, to, language) => {
      const reader = to === 'customer' ? language : teamLanguage;
      return speak(
        reader,
        textOf(notice),
        argumentsOf(notice, (name) => kind(name, reader)),
      );
    },
    say: (id, args) => speak(teamLanguage, id, args),
    saying: speak,
    kind: (name, language = teamLanguage) => kind(name, language),
  };
}

function bundle(language: string, source: string): FluentBundle {
  // Isolation marks would stand in every text that is sent; names are made safe before they come here.
  const made = new FluentBundle(language, { useIsolating: false });
  const [problem] = made.addResource(new FluentResource(source));
  if (problem) throw problem;
  return made;
}

function textOf(notice: Notice): string {
  return notice.id === 'edit-not-mirrored' ? `${notice.id}-${notice.side}` : notice.id;
}

function argumentsOf(notice: Notice, kind: (name: string) => string): Record<string, string> {
  switch (notice.id) {
    case 'not-delivered':
      return { reason: notice.reason };
    case 'uncopyable-staff':
    case 'uncopyable-customer':
    case 'uncopyable-agent':
      return { what: kind(notice.what) };
    case 'customer-returned-held':
      return { count: String(notice.count) };
    case 'unknown-command':
      return { command: notice.command };
    case 'chosen-sent-as':
      return { text: notice.text };
    case 'alias-set':
      return { alias: notice.alias };
    default:
      return {};
  }
}
