import type { BotId, ConversationId } from '../relay/ids.js';
import { plainText, type Content } from '../relay/content.js';
import type { Decision } from '../relay/decisions.js';
import type { CustomerProfile } from '../relay/model.js';
import { applyToMessage, isAboutMessage } from './applyMessage.js';
import { conversationOf, type Applied, type ApplyContext, type ApplyState } from './applyState.js';
import { countUse } from './cannedUse.js';
import type { Sql } from './database.js';
import { setAlias, setRole } from './staff.js';
import { rememberRoot } from './threads.js';
import { wantCard, wantNotice } from './wanted.js';

/** Carries out the decisions of one event, in order, inside the caller's transaction. */
export async function apply(context: ApplyContext, decisions: readonly Decision[]): Promise<Applied> {
  const state: ApplyState = { ...context, lanes: [], ignored: [], hints: [] };
  for (const decision of decisions) await applyOne(state, decision);
  return { lanes: state.lanes, ignored: state.ignored, hints: state.hints };
}

async function applyOne(state: ApplyState, decision: Decision): Promise<void> {
  const { sql, bot } = state;
  if (isAboutMessage(decision)) return applyToMessage(state, decision);
  switch (decision.kind) {
    case 'know_customer':
      state.conversation = await knowCustomer(sql, bot, decision.customer);
      return;
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
    case 'count_use':
      return countUse(sql, bot, decision);
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

async function say(state: ApplyState, { to, notice, replyTo }: Extract<Decision, { kind: 'say' }>): Promise<void> {
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

async function audit(
  state: ApplyState,
  { action, actor, detail }: Extract<Decision, { kind: 'audit' }>,
): Promise<void> {
  await state.sql.query(
    `INSERT INTO audit_entries (bot_id, conversation_id, actor, action, detail) VALUES ($1, $2, $3, $4, $5)`,
    [state.bot, state.conversation ?? null, actor, action, JSON.stringify(detail)],
  );
}
