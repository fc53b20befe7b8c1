import { chatOf } from '../world/lookup.js';
import { shownName } from '../world/accounts.js';
import type { Origin, StoredMessage } from '../world/messages.js';
import type { World } from '../world/world.js';
import { chatId } from '../world/chats.js';

/** Where a forward of this message says it comes from; a forward of a forward keeps the first origin. */
export function originOf(world: World, message: StoredMessage): Origin {
  if (message.origin !== undefined) return message.origin;
  const { sender, date } = message;
  const here = chatId(chatOf(world, message.chat));
  switch (sender.kind) {
    case 'account':
      return accountOrigin(world, message);
    case 'channel_post':
      return { kind: 'channel', channelId: here, messageId: message.id, signature: sender.signature, date };
    case 'anonymous_admin':
      return { kind: 'chat', chatId: here, signature: sender.signature, date };
    case 'as_channel':
    case 'automatic_forward':
      return { kind: 'chat', chatId: sender.channelId, date };
  }
}

function accountOrigin(world: World, { authorId, date }: StoredMessage): Origin {
  const author = world.accounts[authorId];
  if (author?.kind === 'person' && author.hidesInForwards)
    return { kind: 'hidden_user', name: shownName(author), date };
  return { kind: 'account', accountId: authorId, date };
}
