import type { APIMethods } from '@gramio/types/methods';
import type { APIMethodReturn } from '@gramio/types/utils';
import type { Params, UploadedFile } from '../http/call.js';
import type { View } from '../render/view.js';
import type { Telegram } from '../telegram.js';
import type { Bot } from '../world/accounts.js';

/** One call of a method by a bot whose token was right. */
export interface BotCall {
  readonly telegram: Telegram;
  readonly bot: Bot;
  readonly params: Params;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

/** A result that comes with a sentence of its own: "Webhook was set". */
export class Described<T> {
  constructor(
    readonly result: T,
    readonly description: string,
  ) {}
}

type Answer<T> = T | Described<T>;

/** Every method of the Bot API with the result it has to have; families of methods are checked against it. */
export type Methods = {
  [M in keyof APIMethods]: (call: BotCall) => Answer<APIMethodReturn<M>> | Promise<Answer<APIMethodReturn<M>>>;
};

/** The world as the calling bot sees it. */
export function viewOf({ telegram, bot }: BotCall): View {
  return { world: telegram.world, botId: bot.id };
}
