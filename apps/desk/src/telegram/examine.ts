import type { TelegramUser, TelegramWebhookInfo } from '@gramio/types/objects';
import type { Config } from '../config.js';
import { ConfigError, messageOf } from '../errors.js';
import { botNumber } from '../relayTokens.js';
import { checkSetup, type Check } from './checks.js';
import { createBotApi, type BotApi } from './client.js';
import { chatOf } from './externalId.js';
import { checkRelayBot } from './relayCheck.js';
import { askWhoAmI } from './whoAmI.js';

export interface ExamineParts {
  readonly config: Config['telegram'];
  /** Finds what the database keeps of this bot; undefined when it cannot be asked or has nothing. */
  readonly channelOf: (botExternalId: string) => Promise<string | undefined>;
}

/** Everything that can be found out about the bot and its places, for a person who asks. Never throws. */
export async function examineTelegram({ config, channelOf }: ExamineParts): Promise<Check[]> {
  const { apiRoot, token } = config;
  const api = createBotApi({ token, root: apiRoot });
  let me: TelegramUser;
  try {
    me = await askWhoAmI(api, { apiRoot });
  } catch (error) {
    return [{ name: 'bot', state: 'missing', say: whyNot(error, apiRoot) }];
  }
  const bot: Check = { name: 'bot', state: 'ok', say: `The bot is @${me.username ?? me.id}, at ${apiRoot}.` };
  const kept = await channelOf(`telegram:${me.id}`);
  const channel = config.staffChannelId ?? (kept === undefined ? undefined : chatOf(kept));
  try {
    const updates = delivery(await api.call('getWebhookInfo', undefined), config);
    return [bot, updates, ...(await placeChecks(api, me, { channel, config }))];
  } catch (error) {
    return [bot, { name: 'Telegram', state: 'missing', say: whyNot(error, apiRoot) }];
  }
}

function whyNot(error: unknown, apiRoot: string): string {
  if (error instanceof ConfigError) return error.message;
  return `Telegram cannot be reached at ${apiRoot} (TELEGRAM_API_ROOT): ${messageOf(error)}.`;
}

async function placeChecks(
  api: BotApi,
  me: TelegramUser,
  { channel, config }: { readonly channel: number | undefined; readonly config: Config['telegram'] },
): Promise<readonly Check[]> {
  if (channel !== undefined) {
    const { checks, discussion } = await checkSetup(api, me, channel);
    return discussion === undefined ? checks : [...checks, ...(await relayChecks(config, discussion))];
  }
  return [
    {
      name: 'channel',
      state: 'missing',
      say: 'The desk has no channel yet. Start it and follow what it prints, or set STAFF_CHANNEL_ID.',
    },
  ];
}

async function relayChecks({ relayTokens, apiRoot }: Config['telegram'], discussion: number): Promise<Check[]> {
  const asked = relayTokens.map((token) =>
    checkRelayBot(createBotApi({ token, root: apiRoot }), { number: botNumber(token), discussion }),
  );
  return (await Promise.all(asked)).map(({ check }) => check);
}

/** How updates reach the desk. A webhook of somebody else's is removed when the desk starts. */
function delivery({ url, last_error_message: failure }: TelegramWebhookInfo, { webhook }: Config['telegram']): Check {
  const name = 'updates';
  if (!webhook) {
    return url === ''
      ? { name, state: 'ok', say: 'The desk asks Telegram for updates (long polling).' }
      : {
          name,
          state: 'warning',
          say: `A webhook is set at ${new URL(url).host}. The desk removes it when it starts.`,
        };
  }
  if (url !== webhook.url.href) return { name, state: 'ok', say: 'The desk sets its webhook when it starts.' };
  return failure === undefined
    ? { name, state: 'ok', say: `Telegram delivers updates to ${webhook.url.host}.` }
    : { name, state: 'warning', say: `The last delivery to ${webhook.url.host} failed: ${failure}.` };
}
