import type { Bot } from '../../world/accounts.js';
import { createBot } from '../../world/create.js';
import { botOf, botsOf } from '../../world/lookup.js';
import { drawText } from '../../world/random.js';
import { ControlError } from '../errors.js';
import { given } from '../given.js';
import type { BotData, botRoutes } from '../protocol/bots.js';
import type { Handlers } from './handler.js';

export const botHandlers: Handlers<typeof botRoutes> = {
  bots: ({ telegram }) => botsOf(telegram.world).map(dataOf),

  addBot({ telegram }, { firstName, username, token, ...settings }) {
    const { world, clock } = telegram;
    if (botsOf(world).some((bot) => bot.username.toLowerCase() === username.toLowerCase())) {
      throw new ControlError(409, `@${username} is taken`);
    }
    const bot = createBot(world, { firstName, username, token, now: clock.now() });
    Object.assign(bot, given(settings));
    telegram.changes.mark();
    return dataOf(bot);
  },

  changesBot({ telegram }, { bot, ...settings }) {
    Object.assign(botOf(telegram.world, bot), given(settings));
    telegram.changes.mark();
    return {};
  },

  renewsToken({ telegram }, { bot: id }) {
    const bot = botOf(telegram.world, id);
    bot.token = `${bot.id}:AA${drawText(telegram.world, 33)}`;
    telegram.changes.mark();
    return dataOf(bot);
  },

  disturbs({ telegram }, { bot, ...wanted }) {
    const feed = telegram.updates.of(botOf(telegram.world, bot).id);
    feed.disturb(given(wanted));
    return {};
  },

  releases({ telegram }, { bot }) {
    telegram.updates.of(botOf(telegram.world, bot).id).release();
    return {};
  },
};

function dataOf({ id, token, username, firstName }: Bot): BotData {
  return { id, token, username, firstName };
}
