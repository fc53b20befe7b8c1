import { answerOf, type ChosenAnswer } from './chosen.js';
import { sameContent, wordsOf, type Content } from './content.js';
import type { Decision } from './decisions.js';
import type { CommentEvent } from './events.js';
import type { Conversation, IncomingMessage, StoredMessage } from './model.js';
import type { Notice } from './notices.js';
import type { Situation } from './situation.js';
import { command } from './command.js';
import { isOutdated, mayHaveOvertaken, wordingOf } from './edit.js';
import { replyOf } from './reply.js';

/** A comment under a post: an answer to the customer, a note, a command, or nothing of ours. */
export function commentWritten(situation: Situation, event: CommentEvent): Decision[] {
  return [...missedOpening(situation, event), ...readComment(situation, event)];
}

/** Whoever wrote it, a comment under a post of ours shows that the thread is open, and where. */
function missedOpening({ openingMissed }: Situation, { root, post }: CommentEvent): Decision[] {
  if (openingMissed !== true || root === undefined || post === undefined) return [];
  return [{ kind: 'remember_root', post, root }];
}

function readComment(situation: Situation, event: CommentEvent): Decision[] {
  const refused = refusal(situation, event);
  if (refused !== undefined) return [{ kind: 'ignore', reason: refused }];
  if (situation.known) return [{ kind: 'ignore', reason: 'comment already stored' }];
  if (!situation.conversation) return outside(situation, event);
  if (event.command) return [...inside(situation, event), ...command(situation, event, event.command)];
  if (isNote(event.message.content)) return inside(situation, event);
  if (situation.albumInside === true) return [store(situation, event, 'inside')];
  if (event.message.content.kind === 'uncopyable') return uncopyable(situation, event, event.message.content.name);
  const shown = answerOf(situation, event);
  const used = useOf(situation, event);
  if (shown.content.kind === 'text' && shown.content.text.trim() === '') {
    return [store(situation, event, 'inside'), tell({ id: 'chosen-nothing-left' })];
  }
  return [...answer(situation, situation.conversation, withContent(event, shown)), ...used];
}

/** The audit entry by which it is known that somebody was given the hint. */
export const hintGiven = 'hint';

/**
 * The team may talk in the group as it likes. Whoever does so first is told that no customer reads it: it may have been
 * meant as an answer.
 */
function outside({ hinted }: Situation, event: CommentEvent): Decision[] {
  const { author, message, command: given, kind } = event;
  if (hinted === true || given !== undefined || isNote(message.content) || kind === 'comment_edited') {
    return [{ kind: 'ignore', reason: 'not in the thread of a customer' }];
  }
  return [
    { kind: 'say', to: 'staff', notice: { id: 'outside-threads' }, replyTo: { kind: 'outside', message: message.id } },
    { kind: 'audit', action: hintGiven, actor: author.id, detail: {} },
  ];
}

/** An edited comment. What was answered stays an answer and what was a note stays a note; the agent is told so. */
export function commentEdited(situation: Situation, event: CommentEvent): Decision[] {
  return [...missedOpening(situation, event), ...readEdit(situation, event)];
}

function readEdit(situation: Situation, event: CommentEvent): Decision[] {
  const refused = refusal(situation, event);
  if (refused !== undefined) return [{ kind: 'ignore', reason: refused }];
  if (!situation.known) return editOfUnknown(situation, event);
  const { known } = situation;
  const { content } = event.message;
  if (isOutdated(known, event.message)) return [{ kind: 'ignore', reason: 'a newer edit is known' }];
  if (sameContent(known.written ?? known.content, content)) {
    return [{ kind: 'ignore', reason: 'edit changes nothing' }];
  }
  const shown = answerOf(situation, event);
  const revision = {
    kind: 'revise_message',
    message: known.id,
    ...shown,
    ...wordingOf(event.message),
    inPost: false,
  } as const;
  // Shown to nobody any more, whatever it says now.
  if (known.removed) return [revision];
  const staysInside = isNote(content) || event.command !== undefined;
  if (known.internal) return staysInside ? [revision] : [revision, tell({ id: 'note-stays-inside' })];
  if (staysInside) return [tell({ id: 'answer-became-note' })];
  if (content.kind === 'uncopyable') return [tell({ id: 'uncopyable-agent', what: content.name })];
  // Whether to send what did not arrive, or may have, is for the agent to say: /send.
  if (known.undelivered === true) return [{ ...revision, quiet: true }, tell({ id: 'edit-not-sent' })];
  return [revision, ...saidAnew(known, { message: event.message, shown: shown.content })];
}

/** After an edit the agent sees again what the customer has, where that differs now, or was told to differ before. */
function saidAnew(
  known: StoredMessage,
  { message, shown }: { readonly message: IncomingMessage; readonly shown: Content },
): Decision[] {
  const { text } = wordsOf(shown);
  const differs = wordsOf(message.content).text !== text;
  const differed = known.written !== undefined && wordsOf(known.written).text !== wordsOf(known.content).text;
  if (!differs && !differed) return [];
  return [
    {
      kind: 'say',
      to: 'staff',
      notice: { id: 'chosen-sent-as', text },
      replyTo: { kind: 'stored', message: known.id },
    },
  ];
}

/** Why a comment is not ours to act on, if it is not. The reason is for the log only: strangers learn nothing. */
function refusal({ role }: Situation, { author }: CommentEvent): string | undefined {
  switch (author.kind) {
    case 'anonymous_admin':
    case 'channel_identity':
      return undefined;
    case 'foreign':
      return 'written in the name of another channel, or by a bot';
    case 'person':
      return role === 'none' ? 'the author is not staff' : undefined;
  }
}

/** Whether it begins with `//`. What is not to be seen before that does not count. */
export function isNote(content: Content): boolean {
  return /^[\s\p{C}]*\/\//u.test(wordsOf(content).text);
}

/** Stays where it was written; what stands in one caption of an album holds for all of it. */
function inside(situation: Situation, event: CommentEvent): Decision[] {
  const { album } = event.message;
  const stored = store(situation, event, 'inside');
  return album === undefined ? [stored] : [stored, { kind: 'keep_album_inside', album }];
}

function uncopyable(situation: Situation, event: CommentEvent, what: string): Decision[] {
  return [store(situation, event, 'inside'), tell({ id: 'uncopyable-agent', what })];
}

interface AnswerEvent extends CommentEvent {
  /** What the agent sent, where what the customer gets was made of it. */
  readonly written?: Content;
}

function withContent(event: CommentEvent, { content, written }: ChosenAnswer): AnswerEvent {
  return { ...event, message: { ...event.message, content }, ...(written && { written }) };
}

/** A canned reply is counted when it answers a customer, whether or not the choice was told as well. */
function useOf({ chosen }: Situation, { author, message }: CommentEvent): Decision[] {
  if (!chosen) return [];
  const { reply, digest } = chosen;
  return [{ kind: 'count_use', reply, person: author.id, digest, comment: message.id }];
}

function answer(situation: Situation, { customer }: Conversation, event: AnswerEvent): Decision[] {
  switch (customer.standing) {
    case 'active':
      return [store(situation, event, 'relay'), ...saidDifferently(event)];
    case 'blocked':
      return [store(situation, event, 'hold'), tell({ id: 'not-delivered-blocked' })];
    case 'gone':
      return [store(situation, event, 'hold'), tell({ id: 'not-delivered-gone' })];
  }
}

/** The agent sees what was sent where it is not what they see above. */
function saidDifferently({ message, written }: AnswerEvent): Decision[] {
  if (!written) return [];
  const { text } = wordsOf(message.content);
  return text === wordsOf(written).text ? [] : [tell({ id: 'chosen-sent-as', text })];
}

function editOfUnknown(situation: Situation, event: CommentEvent): Decision[] {
  if (mayHaveOvertaken(event.message)) return readComment(situation, event);
  if (!situation.conversation) return [{ kind: 'ignore', reason: 'edit outside the threads of customers' }];
  return [{ kind: 'say', to: 'staff', notice: { id: 'edit-not-mirrored', side: 'staff' } }];
}

/** `relay` shows it to the customer, `hold` would if they could be reached, `inside` never does. */
function store(situation: Situation, event: AnswerEvent, fate: 'relay' | 'hold' | 'inside'): Decision {
  const { alias } = situation;
  return {
    kind: 'store_message',
    message: {
      incoming: event.message,
      ...replyOf(situation),
      ...(event.written && { written: event.written }),
      ...(event.root !== undefined && { root: event.root }),
      author: 'agent',
      authorId: event.author.id,
      ...(alias !== undefined && { signature: alias }),
      internal: fate === 'inside',
      ...(fate === 'relay' && { copyTo: 'customer' }),
      inPost: false,
    },
  };
}

function tell(notice: Notice): Decision {
  return { kind: 'say', to: 'staff', notice, replyTo: { kind: 'this' } };
}
