import type { Decision } from './decisions.js';
import type { Command, CommentEvent } from './events.js';
import type { Notice } from './notices.js';
import type { Situation } from './situation.js';
import { safeName } from './names.js';

/** What each thread command does. A command never reaches the customer, known or not. */
const commands: Readonly<Record<string, (situation: Situation, event: CommentEvent, argument: string) => Decision[]>> =
  {
    send,
    unsend,
    alias,
    // Seen to where replies are kept, which tells its author.
    save: () => [],
    canned: () => [tell({ id: 'canned-in-private' })],
  };

export function command(situation: Situation, event: CommentEvent, { name, argument }: Command): Decision[] {
  const run = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return run ? run(situation, event, argument) : [tell({ id: 'unknown-command', command: name })];
}

/**
 * `/send` as a reply to an answer that was held while the customer could not be reached, or of which nobody knows whether it
 * arrived, delivers it now.
 */
function send({ replied, conversation }: Situation, event: CommentEvent): Decision[] {
  if (!replied || replied.author !== 'agent' || replied.internal || replied.removed)
    return [tell({ id: 'send-usage' })];
  switch (conversation?.customer.standing) {
    case 'blocked':
      return [tell({ id: 'not-delivered-blocked' })];
    case 'gone':
      return [tell({ id: 'not-delivered-gone' })];
    default:
      return [
        { kind: 'show_message', message: replied.id },
        { kind: 'audit', action: 'send', actor: event.author.id, detail: { message: replied.id } },
      ];
  }
}

/** `/unsend` as a reply to an answer takes it back from the customer. */
function unsend({ replied }: Situation, event: CommentEvent): Decision[] {
  if (!replied || replied.author !== 'agent') return [tell({ id: 'unsend-usage' })];
  if (replied.internal || replied.removed) return [tell({ id: 'unsend-not-sent' })];
  return [
    { kind: 'remove_message', message: replied.id },
    { kind: 'audit', action: 'unsend', actor: event.author.id, detail: { message: replied.id } },
  ];
}

/** `/alias Maria` signs this agent's answers with that name from now on; `/alias` alone stops it. */
function alias(_situation: Situation, event: CommentEvent, argument: string): Decision[] {
  const chosen = safeName(argument);
  return [
    { kind: 'set_alias', person: event.author.id, alias: chosen === '' ? null : chosen },
    tell(chosen === '' ? { id: 'alias-cleared' } : { id: 'alias-set', alias: chosen }),
  ];
}

function tell(notice: Notice): Decision {
  return { kind: 'say', to: 'staff', notice, replyTo: { kind: 'this' } };
}
