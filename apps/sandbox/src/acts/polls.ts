import type { TelegramPoll } from '@gramio/types/objects';
import { renderPoll } from '../render/content.js';
import { renderUser } from '../render/user.js';
import type { Telegram } from '../telegram.js';
import type { PollContent } from '../world/content.js';
import { botsOf } from '../world/lookup.js';
import { schedule } from './schedule.js';
import { nextSerial, type StoredPoll } from '../world/world.js';

export type NewPoll = Omit<TelegramPoll, 'id' | 'total_voter_count'>;

/** Makes a poll without votes, which closes itself when its time has come. */
export function createPoll(
  telegram: Telegram,
  { poll, authorId, knownTo }: { poll: NewPoll; authorId: number; knownTo?: number | undefined },
): PollContent {
  const { world } = telegram;
  const id = `5${String(nextSerial(world)).padStart(18, '0')}`;
  const options = poll.options.map(({ text, text_entities }, index) => ({
    persistent_id: String(index),
    text,
    ...(text_entities === undefined ? {} : { text_entities }),
    voter_count: 0,
  }));
  world.polls[id] = { poll: { ...poll, id, options, total_voter_count: 0 }, authorId, knownTo, votes: {} };
  const wait = (poll.close_date ?? 0) * 1000 - telegram.clock.now();
  if (poll.close_date !== undefined) schedule(telegram, Math.max(0, wait), { kind: 'close_poll', pollId: id });
  return { kind: 'poll', pollId: id };
}

/** Lets an account choose options, none to take its vote back; the bot that made the poll hears of it. */
export function vote(
  telegram: Telegram,
  stored: StoredPoll,
  { accountId, optionIds }: { accountId: number; optionIds: readonly number[] },
): void {
  const { world } = telegram;
  const others = Object.entries(stored.votes).filter(([id]) => id !== String(accountId));
  const own: [string, number[]][] = optionIds.length === 0 ? [] : [[String(accountId), [...optionIds]]];
  stored.votes = Object.fromEntries([...others, ...own]);
  recount(stored);
  tellAuthor(telegram, stored);
  if (stored.poll.is_anonymous || world.accounts[stored.authorId]?.kind !== 'bot') return;
  telegram.updates.push(stored.authorId, 'poll_answer', {
    poll_id: stored.poll.id,
    user: renderUser(world, accountId),
    option_ids: [...optionIds],
    option_persistent_ids: optionIds.map((id) => stored.poll.options[id]?.persistent_id ?? String(id)),
  });
}

/** Ends a poll for everybody. */
export function closePoll(telegram: Telegram, stored: StoredPoll): void {
  if (stored.poll.is_closed) return;
  stored.poll.is_closed = true;
  tellAuthor(telegram, stored);
}

function recount({ poll, votes }: StoredPoll): void {
  const chosen = Object.values(votes);
  poll.total_voter_count = chosen.length;
  poll.options.forEach((option, index) => {
    option.voter_count = chosen.filter((ids) => ids.includes(index)).length;
  });
}

function tellAuthor(telegram: Telegram, { poll, authorId }: StoredPoll): void {
  const { world } = telegram;
  const author = botsOf(world).find(({ id }) => id === authorId);
  if (author !== undefined) telegram.updates.push(authorId, 'poll', renderPoll({ world, botId: authorId }, poll.id));
  telegram.changes.mark();
}
