import type { z } from 'zod';
import { tokenShape } from './secrets.js';

/** Telegram lets twenty bots into a group, and one of them is the desk's own (limits of Telegram groups). */
const mostRelayBots = 19;
const wholeToken = new RegExp(`^${tokenShape.source}$`);

/** Tokens with commas or white space between. No problem repeats one: each is told by its position or its bot's number. */
export function parseRelayTokens(text: string, context: z.RefinementCtx): readonly string[] {
  const tokens = text.split(/[\s,]+/).filter((token) => token !== '');
  const problem = whatIsWrong(tokens);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  return tokens;
}

function whatIsWrong(tokens: readonly string[]): string | undefined {
  const malformed = tokens.findIndex((token) => !wholeToken.test(token));
  if (malformed !== -1) {
    return `must be bot tokens with commas between; number ${malformed + 1} is not one. Copy it again from @BotFather.`;
  }
  const bots = tokens.map(botNumber);
  const twice = bots.find((bot, index) => bots.indexOf(bot) !== index);
  if (twice !== undefined)
    return `names the bot ${twice} twice. Each relay bot needs a token of its own: @BotFather → /newbot.`;
  if (tokens.length > mostRelayBots) {
    return `names ${tokens.length} bots. Telegram lets ${mostRelayBots} into a group besides the desk's own: take some away.`;
  }
  return undefined;
}

/** What is wrong between the desk's own token and those of its relay bots: the same bot has the same budget. */
export function ownAmongRelays(own: string | undefined, relays: string | undefined): string | undefined {
  if (own === undefined || relays === undefined) return undefined;
  const isNamed = relays.split(/[\s,]+/).some((token) => wholeToken.test(token) && botNumber(token) === botNumber(own));
  return isNamed ? "names the bot of BOT_TOKEN. Relay bots are further bots: take the desk's own away." : undefined;
}

/** The bot's number, which its token begins with. It is no secret. */
export function botNumber(token: string): string {
  return token.split(':')[0] ?? '';
}
