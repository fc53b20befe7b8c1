import type { TelegramReactionType } from '@gramio/types/objects';
import { react } from '../acts/react.js';
import { badRequest } from '../errors.js';
import { isReactionEmoji } from '../rules/reactionEmoji.js';
import { historyOf } from '../world/lookup.js';
import type { StoredMessage } from '../world/messages.js';
import type { BotCall, Methods } from './call.js';
import { messageParam } from './chats.js';
import { isJsonArray, isJsonObject, jsonFault, parsing, readString } from './json.js';

export const reactionMethods = {
  setMessageReaction(call) {
    const reactions = reactionsParam(call);
    const { message } = messageParam(call, { access: 'edit', what: 'message to react' });
    if (reactions.length > 1) throw badRequest('REACTIONS_TOO_MANY');
    const target = firstOfAlbum(call, message);
    if (reactions.some((reaction) => !isAllowed(target, reaction))) throw badRequest('REACTION_INVALID');
    react(call.telegram, target, { accountId: call.bot.id, reactions });
    return true;
  },
} satisfies Partial<Methods>;

function reactionsParam({ params }: BotCall): TelegramReactionType[] {
  const value = params.json('reaction', 'reaction types JSON object') ?? [];
  if (!isJsonArray(value)) throw badRequest('expected an Array of ReactionType');
  return value.map((reaction) => parsing('ReactionType', () => readReaction(reaction)));
}

function readReaction(value: unknown): TelegramReactionType {
  if (!isJsonObject(value)) throw jsonFault('expected an Object');
  const type = readString(value, 'type');
  switch (type) {
    case 'emoji': {
      const emoji = readString(value, 'emoji').replace(/\ufe0f$/, '');
      if (!isReactionEmoji(emoji)) throw badRequest('REACTION_INVALID');
      return { type, emoji };
    }
    case 'custom_emoji':
      return { type, custom_emoji_id: readString(value, 'custom_emoji_id') };
    case 'paid':
      return { type };
    default:
      throw jsonFault('invalid reaction type specified');
  }
}

/** Bots cannot pay, and use custom emoji only where somebody already did (Bot API: setMessageReaction). */
function isAllowed({ reactions = [] }: StoredMessage, reaction: TelegramReactionType): boolean {
  if (reaction.type === 'emoji') return true;
  const isThere = reactions.some((given) => given.reactions.some((other) => other.type === reaction.type));
  return reaction.type === 'custom_emoji' && isThere;
}

/** A reaction to an album goes to the first of its items that is still there. */
function firstOfAlbum({ telegram: { world } }: BotCall, message: StoredMessage): StoredMessage {
  if (message.albumId === undefined) return message;
  return historyOf(world, message.chat).find(({ albumId }) => albumId === message.albumId) ?? message;
}
