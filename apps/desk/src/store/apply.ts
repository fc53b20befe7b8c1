import type { BotId, ConversationId, ExternalId, MessageId } from '../relay/ids.js';
import { plainText, type Content } from '../relay/content.js';
import type { Decision, NewMessage } from '../relay/decisions.js';
import type { CustomerProfile, Side } from '../relay/model.js';
import type { Notice } from '../relay/notices.js';
import type { Sql } from './database.js';
import { setAlias, setRole } from './staff.js';
import { rememberRoot } from './threads.js';
import { wantCard, wantMessage, wantNotice, type Lane } from './wanted.js';

/** What applying needs beside the decisions. */
export interface ApplyContext {
  readonly sql: Sql;
  readonly bot: BotId;
  /** The conversation of the event, when there is one already. */
  readonly conversation?: ConversationId;
  /** What a line of the desk's reads like for the side that will read it. */
  readonly phrase: (notice: Notice, to: Side) => string;
}

/** What the rest of the program must hear of after the commit. */
export interface Applied {
  /** Lanes that have something new to show. */
  readonly lanes: Lane[];
  readonly ignored: string[];
  /** Lines outside all conversations. Advice only: one that is lost is lost. */
  readonly hints: Hint[];
}

export interface Hint {
  readonly replyTo: ExternalId;
  readonly text: string;
}

/** Carries out the decisions of one event, in order, inside the caller's transaction. */
export async function apply(context: ApplyContext, decisions: readonly Decision[]): Promise<Applied> {
  const state: State = { ...context, lanes: [], ignored: [], hints: [] };
  for (const decision of decisions) await applyOne(state, decision);
  return { lanes: state.lanes, ignored: state.ignored, hints: state.hints };
}

interface State extends ApplyContext, Applied {
  conversation?: ConversationId;
  /** The message that this event stored. */
  stored?: MessageId;
}

async function applyOne(state: State, decision: Decision): Promise<void> {
  const { sql, bot } = state;
  switch (decision.kind) {
    case 'know_customer':
      state.conversation = await knowCustomer(sql, bot, decision.customer);
      return;
    case 'store_message':
      state.stored = await storeMessage(state, decision.message);
      return;
    case 'revise_message':
      return reviseMessage(state, decision);
    case 'keep_album_inside':
      return keepAlbumInside(state, decision.album);
    case 'show_message':
      return showMessage(state, decision.message);
    case 'remove_message':
      return removeMessage(state, decision.message);
    case 'set_standing':
      await sql.query(
        `UPDATE customers SET standing = $2
         WHERE id = (SELECT customer_id FROM conversations WHERE id = $1)`,
        [conversationOf(state), decision.standing],
      );
      return;
    case 'say':
      return say(state, decision);
    case 'refresh_card':
      state.lanes.push(await wantCard(sql, { bot, conversation: conversationOf(state), urgent: false }));
      return;
    case 'remember_root':
      state.lanes.push(...(await rememberRoot(sql, bot, decision)));
      return;
    case 'set_role':
      return setRole(sql, bot, decision);
    case 'set_alias':
      return setAlias(sql, bot, decision);
    case 'move_place':
      await sql.query(`UPDATE bots SET discussion = $3 WHERE id = $1 AND discussion = $2`, [
        bot,
        decision.from,
        decision.to,
      ]);
      return;
    case 'audit':
      return audit(state, decision);
    case 'ignore':
      state.ignored.push(decision.reason);
      return;
  }
}

async function knowCustomer(sql: Sql, bot: BotId, customer: CustomerProfile): Promise<ConversationId> {
  const [row] = await sql.query<{ id: string }>(
    `WITH customer AS (
       INSERT INTO customers (bot_id, external_id, place, first_name, last_name, username, language)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (bot_id, external_id) DO UPDATE SET place = excluded.place, first_name = excluded.first_name,
         last_name = excluded.last_name, username = excluded.username, language = excluded.language
       RETURNING id
     )
     INSERT INTO conversations (bot_id, customer_id) SELECT $1, id FROM customer
     ON CONFLICT (customer_id) DO UPDATE SET customer_id = excluded.customer_id
     RETURNING id`,
    [
      bot,
      customer.id,
      customer.place,
      customer.firstName,
      customer.lastName ?? null,
      customer.username ?? null,
      customer.language ?? null,
    ],
  );
  if (!row) throw new Error('a customer was neither inserted nor updated');
  return row.id;
}

async function storeMessage(state: State, message: NewMessage): Promise<MessageId> {
  const { sql, bot } = state;
  const conversation = conversationOf(state);
  const { incoming } = message;
  const [row] = await sql.query<{ id: string }>(
    `WITH message AS (
       INSERT INTO messages (bot_id, conversation_id, author, author_id, signature, content, album, reply_to_id, quote,
         internal, in_post, written_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7,
         (SELECT message_id FROM message_links WHERE bot_id = $1 AND external_id = $8 ORDER BY message_id DESC LIMIT 1),
         $9, $10, $11, $12)
       RETURNING id
     ), origin AS (
       INSERT INTO message_links (bot_id, message_id, side, role, external_id, thread_id)
       SELECT $1, id, $13, 'origin', $14, (SELECT id FROM threads WHERE bot_id = $1 AND root = $15 LIMIT 1)
       FROM message
     )
     SELECT id FROM message`,
    [
      bot,
      conversation,
      message.author,
      message.authorId,
      message.signature ?? null,
      JSON.stringify(incoming.content),
      incoming.album ?? null,
      incoming.replyTo ?? null,
      incoming.quote ? JSON.stringify(incoming.quote) : null,
      message.internal,
      message.inPost,
      incoming.at,
      message.author === 'customer' ? 'customer' : 'staff',
      incoming.id,
      message.root ?? null,
    ],
  );
  if (!row) throw new Error('a message was not inserted');
  if (message.copyTo) {
    const { album } = incoming;
    const want = { bot, conversation, message: row.id, side: message.copyTo, ...(album !== undefined && { album }) };
    state.lanes.push(await wantMessage(sql, { ...want, change: 'new' }));
  }
  return row.id;
}

async function reviseMessage(
  state: State,
  { message, content, inPost }: Extract<Decision, { kind: 'revise_message' }>,
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
     UPDATE messages m SET content = $3, revision = m.revision + 1, edited_at = now(), in_post = $4
     FROM old WHERE m.id = old.id RETURNING m.author, m.internal, old.in_post AS was_in_post`,
    [bot, message, JSON.stringify(content), inPost],
  );
  if (!row || row.internal) return;
  if (row.was_in_post && !inPost) {
    // It has outgrown the post: the post keeps an excerpt, and the message follows as a comment.
    await sql.query(`DELETE FROM message_links WHERE message_id = $1 AND role = 'post'`, [message]);
  }
  if (row.was_in_post) state.lanes.push(await wantCard(sql, { bot, conversation, urgent: true }));
  if (inPost) return;
  const side: Side = row.author === 'customer' ? 'staff' : 'customer';
  state.lanes.push(await wantMessage(sql, { bot, conversation, message, side, change: 'edit' }));
}

async function keepAlbumInside(state: State, album: string): Promise<void> {
  await state.sql.query(
    `WITH items AS (
       UPDATE messages SET internal = true WHERE conversation_id = $1 AND album = $2 AND NOT internal RETURNING id
     )
     UPDATE deliveries d SET state = 'failed', finished_at = now(), error = 'the album is a note'
     FROM items WHERE d.message_id = items.id AND d.state = 'waiting'`,
    [conversationOf(state), album],
  );
}

async function showMessage(state: State, message: MessageId): Promise<void> {
  const { sql, bot } = state;
  const want = { bot, conversation: conversationOf(state), message, side: 'customer' } as const;
  state.lanes.push(await wantMessage(sql, { ...want, change: 'new' }));
}

async function removeMessage(state: State, message: MessageId): Promise<void> {
  const { sql, bot } = state;
  await sql.query(`UPDATE messages SET removed_at = now(), revision = revision + 1 WHERE id = $1`, [message]);
  const want = { bot, conversation: conversationOf(state), message, side: 'customer' } as const;
  state.lanes.push(await wantMessage(sql, { ...want, change: 'edit' }));
}

async function say(state: State, { to, notice, replyTo }: Extract<Decision, { kind: 'say' }>): Promise<void> {
  const text = state.phrase(notice, to);
  if (replyTo?.kind === 'outside') {
    state.hints.push({ replyTo: replyTo.message, text });
    return;
  }
  const reply = replyTo?.kind === 'this' ? state.stored : replyTo?.message;
  const content: Content = plainText(text);
  state.lanes.push(
    await wantNotice(state.sql, {
      bot: state.bot,
      conversation: conversationOf(state),
      to,
      content,
      ...(reply !== undefined && { replyTo: reply }),
    }),
  );
}

async function audit(state: State, { action, actor, detail }: Extract<Decision, { kind: 'audit' }>): Promise<void> {
  await state.sql.query(
    `INSERT INTO audit_entries (bot_id, conversation_id, actor, action, detail) VALUES ($1, $2, $3, $4, $5)`,
    [state.bot, state.conversation ?? null, actor, action, JSON.stringify(detail)],
  );
}

function conversationOf({ conversation }: State): ConversationId {
  if (conversation === undefined) throw new Error('a rule decided about a conversation before knowing the customer');
  return conversation;
}
