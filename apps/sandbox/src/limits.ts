import type { Clock } from './clock.js';
import { tooManyRequests } from './errors.js';

/**
 * One way to count calls. Measurements of Telegram fit the first two alike, so both are here:
 * `window` opens with the first call and lets `calls` through until it closes,
 * `sliding` lets `calls` through in any stretch of `periodMs`,
 * `bucket` lets `burst` through at once and refills with `perSecond`.
 */
export type LimitRule =
  | { readonly kind: 'window' | 'sliding'; readonly calls: number; readonly periodMs: number }
  | { readonly kind: 'bucket'; readonly perSecond: number; readonly burst: number };

export interface LimitSettings {
  readonly isOn: boolean;
  /** For each group and channel; all rules of a list hold together. */
  readonly group: readonly LimitRule[];
  /** For each private chat. */
  readonly private: readonly LimitRule[];
  /** For all chats of a bot together. */
  readonly global: readonly LimitRule[];
  /** Instead of the above, for chats by id: a limit that a bot cannot know of. */
  readonly chats: Readonly<Record<string, readonly LimitRule[]>>;
  /** Whether bots in one chat have a budget each, as all evidence says, or share one. */
  readonly budget: 'per_bot' | 'per_chat';
  /** How many times as fast all periods pass: with 60, a minute's window lasts a second. */
  readonly timeFactor: number;
}

/**
 * Telegram's limits as far as they are known (Bots FAQ: one message per second in a chat, twenty per minute in a group,
 * thirty per second over all; the window of a minute that the first call opens is measured). Bursts in private chats are
 * believed, not measured.
 */
export const DEFAULT_LIMITS: LimitSettings = {
  isOn: true,
  group: [{ kind: 'window', calls: 20, periodMs: 60_000 }],
  private: [{ kind: 'bucket', perSecond: 1, burst: 20 }],
  global: [{ kind: 'sliding', calls: 30, periodMs: 1000 }],
  chats: {},
  budget: 'per_bot',
  timeFactor: 1,
};

export interface LimitedCall {
  readonly botId: number;
  readonly chat: { readonly id: number; readonly kind: 'private' | 'group' | 'supergroup' | 'channel' };
  /** Sends and edits cost 1; albums and calls for several messages cost 1 for each message. */
  readonly cost: number;
}

/** How far a budget is used up, for a gauge. `windowMs` is the time in which it is whole again, or starts anew. */
export interface Gauge {
  readonly used: number;
  readonly limit: number;
  readonly windowMs: number;
}

export interface Limits {
  /** Counts a call; throws ApiError 429 and counts nothing when one of its budgets has no room. */
  check(call: LimitedCall): void;
  /** The budget of a bot in a chat; undefined where no rule holds. */
  used(botId: number, chatId: number): Gauge | undefined;
  /** Changes settings; what was counted under rules that stay is kept. */
  set(settings: Partial<LimitSettings>): void;
  settings(): LimitSettings;
  /** Forgets all that was counted. */
  reset(): void;
}

/** One counted call, or several at once. Milliseconds since the epoch. */
interface Count {
  readonly at: number;
  readonly cost: number;
}

/** Limits that start with nothing counted. What is not given in `settings` is as on Telegram. */
export function createLimits(clock: Clock, settings: Partial<LimitSettings> = {}): Limits {
  let current: LimitSettings = { ...DEFAULT_LIMITS, ...settings };
  const counts = new Map<string, Count[]>();

  const chatBudgets = (botId: number, chat: LimitedCall['chat']) =>
    budgets(`${current.budget === 'per_bot' ? botId : 'all'} ${chat.id}`, rulesOf(current, chat));
  const budgetsOf = ({ botId, chat }: LimitedCall) => [
    ...chatBudgets(botId, chat),
    ...budgets(`${botId}`, current.global),
  ];
  const budgets = (owner: string, rules: readonly LimitRule[]) =>
    rules.map((rule) => ({ key: `${owner} ${JSON.stringify(rule)}`, rule: fastened(rule, current.timeFactor) }));
  const counted = (key: string, rule: LimitRule) => relevant(counts.get(key) ?? [], rule, clock.now());

  return {
    check(call) {
      if (!current.isOn) return;
      const touched = budgetsOf(call).map((budget) => ({ ...budget, past: counted(budget.key, budget.rule) }));
      const waits = touched.map(({ rule, past }) => waitFor({ rule, past, cost: call.cost, now: clock.now() }));
      const longest = Math.max(0, ...waits);
      if (longest > 0) throw tooManyRequests(Math.ceil(longest / 1000));
      for (const { key, past } of touched) counts.set(key, [...past, { at: clock.now(), cost: call.cost }]);
    },
    used(botId, chatId) {
      const kind = chatId < 0 ? 'group' : 'private';
      const [first] = chatBudgets(botId, { id: chatId, kind });
      return first === undefined ? undefined : gauge(first.rule, counted(first.key, first.rule));
    },
    set(changed) {
      current = { ...current, ...changed };
    },
    settings: () => current,
    reset: () => counts.clear(),
  };
}

function rulesOf(settings: LimitSettings, { id, kind }: LimitedCall['chat']): readonly LimitRule[] {
  return settings.chats[String(id)] ?? (kind === 'private' ? settings.private : settings.group);
}

function fastened(rule: LimitRule, factor: number): LimitRule {
  if (rule.kind === 'bucket') return { ...rule, perSecond: rule.perSecond * factor };
  return { ...rule, periodMs: rule.periodMs / factor };
}

/** The calls that still count under a rule, the oldest first; of a bucket, what is not refilled yet, as one. */
function relevant(past: readonly Count[], rule: LimitRule, now: number): Count[] {
  switch (rule.kind) {
    case 'window': {
      const opened = past[0]?.at ?? now;
      return now < opened + rule.periodMs ? [...past] : [];
    }
    case 'sliding':
      return past.filter(({ at }) => now < at + rule.periodMs);
    case 'bucket': {
      const refilled = ((now - (past[0]?.at ?? now)) / 1000) * rule.perSecond;
      const owed = total(past) - refilled;
      return owed > 0 ? [{ at: now, cost: owed }] : [];
    }
  }
}

interface Asked {
  readonly rule: LimitRule;
  readonly past: readonly Count[];
  readonly cost: number;
  readonly now: number;
}

/** Milliseconds until there is room for a call. One that costs more than the whole budget goes through an untouched one. */
function waitFor({ rule, past, cost, now }: Asked): number {
  const [oldest] = past;
  if (oldest === undefined) return 0;
  switch (rule.kind) {
    case 'window':
      return total(past) + cost <= rule.calls ? 0 : oldest.at + rule.periodMs - now;
    case 'sliding': {
      const isEnough = (_: Count, n: number) => total(past.slice(n + 1)) + cost <= rule.calls;
      const last = total(past) + cost <= rule.calls ? undefined : (past.find(isEnough) ?? past.at(-1));
      return last === undefined ? 0 : last.at + rule.periodMs - now;
    }
    case 'bucket': {
      const missing = total(past) + Math.min(cost, rule.burst) - rule.burst;
      return Math.max(0, (missing / rule.perSecond) * 1000);
    }
  }
}

function total(past: readonly Count[]): number {
  return past.reduce((sum, { cost }) => sum + cost, 0);
}

function gauge(rule: LimitRule, past: readonly Count[]): Gauge {
  if (rule.kind === 'bucket') {
    return { used: Math.ceil(total(past)), limit: rule.burst, windowMs: (rule.burst / rule.perSecond) * 1000 };
  }
  return { used: total(past), limit: rule.calls, windowMs: rule.periodMs };
}
