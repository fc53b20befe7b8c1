import type { Telegram } from '../telegram.js';
import { messageOf } from '../world/lookup.js';
import type { Pending } from '../world/world.js';
import { announce } from './announce.js';
import { forwardPosts } from './autoForward.js';
import { closePoll } from './polls.js';

/** Carries out what has fallen due. */
export function runPending(telegram: Telegram, pending: Pending): void {
  switch (pending.kind) {
    case 'forward_posts':
      forwardPosts(telegram, pending);
      return;
    case 'announce': {
      const message = messageOf(telegram.world, pending.chat, pending.messageId);
      if (message !== undefined) announce(telegram, message, 'new');
      return;
    }
    case 'close_poll': {
      const poll = telegram.world.polls[pending.pollId];
      if (poll !== undefined) closePoll(telegram, poll);
      return;
    }
  }
}
