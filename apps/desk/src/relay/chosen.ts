import { isCannedContent, wordingFor, type CannedContent, type Wording } from './canned.js';
import { sameContent, type Content } from './content.js';
import type { CommentEvent } from './events.js';
import type { CustomerProfile } from './model.js';
import { safeName } from './names.js';
import { fill, type PlaceholderValues } from './placeholders.js';
import type { Situation } from './situation.js';

/** A canned reply that an agent picked. */
export interface ChosenReply {
  readonly reply: string;
  readonly digest: string;
  readonly wordings: readonly Wording[];
}

export interface ChosenAnswer {
  readonly content: Content;
  /** What the agent sent, where `content` was made of it. */
  readonly written?: Content;
}

/**
 * What the customer gets of a comment. Of a picked reply: in their language, where it has a wording in that, and with its
 * placeholders filled in. Everything else: as it was written.
 */
export function answerOf({ conversation, chosen, alias }: Situation, event: CommentEvent): ChosenAnswer {
  const { content: written, at } = event.message;
  if (event.chosen !== true || !conversation || !isCannedContent(written)) return { content: written };
  const { customer } = conversation;
  const wording = wordingFor(chosen?.wordings ?? [], customer.language)?.content ?? written;
  const content = filled(wording, valuesFor(customer, { at, ...(alias !== undefined && { alias }) }));
  return sameContent(content, written) ? { content: written } : { content, written };
}

function filled(content: CannedContent, values: PlaceholderValues): CannedContent {
  if (content.kind === 'media') return { ...content, caption: fill(content.caption, values) };
  return { ...content, ...fill(content, values) };
}

/** Names as they may stand beside other words. An agent has the name they chose for themselves, and no other. */
function valuesFor(
  { firstName, lastName, language }: CustomerProfile,
  { alias, at }: { readonly alias?: string; readonly at: Date },
): PlaceholderValues {
  return {
    first_name: safeName(firstName),
    last_name: safeName(lastName ?? ''),
    agent: alias ?? '',
    date: new Intl.DateTimeFormat(knownLanguage(language), { dateStyle: 'long' }).format(at),
  };
}

/** Messengers tell languages as people set them; a tag that is none must not stop an answer. */
function knownLanguage(language: string | undefined): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language ?? [])[0] ?? 'en';
  } catch {
    return 'en';
  }
}
