import type { ExternalId, MessageId } from '../relay/ids.js';
import type { Decision, NewMessage } from '../relay/decisions.js';
import { wordingOf } from '../relay/edit.js';
import type { Side } from '../relay/model.js';
import { conversationOf, type ApplyState } from './applyState.js';
import { priorityOfNew, waitOf, wantCard, wantMessage } from './wanted.js';

const kinds = ['store_message', 'revise_message', 'keep_album_inside', 'remove_message', 'show_message'] as const;

/** What is decided about a message. */
export type MessageDecision = Extract<Decision, { kind: (typeof kinds)[number] }>;

export function isAboutMessage(decision: Decision): decision is MessageDecision {
  return kinds.some((kind) => kind === decision.kind);
}

export async function applyToMessage(state: ApplyState, decision: MessageDecision): Promise<void> {
  switch (decision.kind) {
    case 'store_message':
      state.stored = await storeMessage(state, decision.message);
      return;
    case 'revise_message':
      return reviseMessage(state, decision);
    case 'keep_album_inside':
      return keepAlbumInside(state, decision.album);
    case 'remove_message':
      return removeMessage(state, decision.message);
    case 'show_message':
      return showMessage(state, decision.message);
  }
}

async function showMessage(state: ApplyState, message: MessageId): Promise<void> {
  const { sql, bot } = state;
  const want = { bot, conversation: conversationOf(state), message, side: 'customer' } as const;
  state.lanes.push(await wantMessage(sql, { ...want, change: 'new' }));
}

/** Stores a message, where it was written, and that the other side is to see it. */
async function storeMessage(state: ApplyState, message: NewMessage): Promise<MessageId> {
  const { sql, bot } = state;
  const conversation = conversationOf(state);
  const [row] = await sql.query<{ id: string }>(
    `WITH message AS (
       INSERT INTO messages (bot_id, conversation_id, author, author_id, signature, content, album, reply_to_id, quote,
         internal, in_post, written_at, update_id, written, reply_to_place, worded_at, worded_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $23, $16, $20, $21, $22)
       RETURNING id
     ), origin AS (
       INSERT INTO message_links (bot_id, message_id, side, role, external_id, thread_id)
       SELECT $1, id, $13, 'origin', $14, (SELECT id FROM threads WHERE bot_id = $1 AND root = $15 LIMIT 1)
       FROM message
     ), wanted AS (
       INSERT INTO deliveries (bot_id, conversation_id, queue, message_id, priority, not_before)
       SELECT $1, $2, $17::text, id, $18::int, now() + make_interval(secs => $19) FROM message WHERE $17::text IS NOT NULL
     )
     SELECT id FROM message`,
    [bot, conversation, ...columnsOf(message), state.update ?? null],
  );
  if (!row) throw new Error('a message was not inserted');
  if (message.copyTo) state.lanes.push({ conversation, queue: message.copyTo });
  return row.id;
}

/** The values of $3 to $22. */
function columnsOf(message: NewMessage): readonly unknown[] {
  const { incoming, copyTo } = message;
  // Stored from an edit that overtook it, it must be told from an older edit.
  const { worded } = wordingOf(incoming);
  return [
    message.author,
    message.authorId,
    message.signature ?? null,
    JSON.stringify(incoming.content),
    incoming.album ?? null,
    message.replyTo ?? null,
    jsonOf(message.quote),
    message.internal,
    message.inPost,
    incoming.at,
    message.author === 'customer' ? 'customer' : 'staff',
    incoming.id,
    message.root ?? null,
    jsonOf(message.written),
    copyTo ?? null,
    copyTo ? priorityOfNew(copyTo) : null,
    waitOf(incoming.album),
    unknownTarget(message) ?? null,
    worded?.at ?? null,
    worded?.order ?? null,
  ];
}

function jsonOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** The place that it replies to, where nothing is known to stand. Every comment is a reply to its root. */
function unknownTarget({ incoming: { replyTo }, replyTo: known, root }: NewMessage): ExternalId | undefined {
  return known === undefined && replyTo !== root ? replyTo : undefined;
}

async function reviseMessage(
  state: ApplyState,
  { message, content, written, worded, inPost, quiet }: Extract<Decision, { kind: 'revise_message' }>,
): Promise<void> {
  const { sql, bot } = state;
  const conversation = conversationOf(state);
  const [row] = await sql.query<{ author: string; internal: boolean; was_in_post: boolean }>(
    `WITH old AS (
       SELECT id, revision, content, in_post FROM messages WHERE id = $2 FOR UPDATE
     ), kept AS (
       INSERT INTO message_versions (bot_id, message_id, revision, content)
       SELECT $1, id, revision, content FROM old
     )
     UPDATE messages m SET content = $3, written = $5, revision = m.revision + 1, edited_at = now(), in_post = $4,
       worded_at = $6, worded_by = $7
     FROM old WHERE m.id = old.id RETURNING m.author, m.internal, old.in_post AS was_in_post`,
    [
      bot,
      message,
      JSON.stringify(content),
      inPost,
      written ? JSON.stringify(written) : null,
      worded?.at ?? null,
      worded?.order ?? null,
    ],
  );
  if (!row || row.internal || quiet === true) return;
  if (row.was_in_post && !inPost) {
    // It has outgrown the post: the post keeps an excerpt, and the message follows as a comment.
    await sql.query(`DELETE FROM message_links WHERE message_id = $1 AND role = 'post'`, [message]);
  }
  if (row.was_in_post) state.lanes.push(await wantCard(sql, { bot, conversation, urgent: true }));
  if (inPost) return;
  const side: Side = row.author === 'customer' ? 'staff' : 'customer';
  state.lanes.push(await wantMessage(sql, { bot, conversation, message, side, change: 'edit' }));
}

async function keepAlbumInside(state: ApplyState, album: string): Promise<void> {
  await state.sql.query(
    `WITH items AS (
       UPDATE messages SET internal = true WHERE conversation_id = $1 AND album = $2 AND NOT internal RETURNING id
     )
     UPDATE deliveries d SET state = 'failed', finished_at = now(), error = 'the album is a note'
     FROM items WHERE d.message_id = items.id AND d.state = 'waiting'`,
    [conversationOf(state), album],
  );
}

async function removeMessage(state: ApplyState, message: MessageId): Promise<void> {
  const { sql, bot } = state;
  await sql.query(`UPDATE messages SET removed_at = now(), revision = revision + 1 WHERE id = $1`, [message]);
  const want = { bot, conversation: conversationOf(state), message, side: 'customer' } as const;
  state.lanes.push(await wantMessage(sql, { ...want, change: 'edit' }));
}
