import type { BotData } from '../protocol/bots.js';
import { routes } from '../protocol/index.js';
import type { InputOf } from '../protocol/route.js';
import type { ControlHttp } from './http.js';

/** Who owns a bot: talks to BotFather, and can upset the delivery of its updates. */
export class BotOwner {
  readonly id: number;

  constructor(
    private readonly http: ControlHttp,
    readonly data: BotData,
  ) {
    this.id = data.id;
  }

  /** Sets what BotFather lets an owner set. */
  async sets(settings: Omit<InputOf<typeof routes.changesBot>, 'bot'>): Promise<void> {
    await this.http.ask(routes.changesBot, { bot: this.id, ...settings });
  }

  /** Takes the token back; resolves with the bot and its new one. */
  renewsToken(): Promise<BotData> {
    return this.http.ask(routes.renewsToken, { bot: this.id });
  }

  /** Has the next updates delivered twice, swapped, kept back or lost: how many of each. */
  async disturbs(wanted: Omit<InputOf<typeof routes.disturbs>, 'bot'>): Promise<void> {
    await this.http.ask(routes.disturbs, { bot: this.id, ...wanted });
  }

  /** Lets updates go that were kept back. */
  async releases(): Promise<void> {
    await this.http.ask(routes.releases, { bot: this.id });
  }
}
