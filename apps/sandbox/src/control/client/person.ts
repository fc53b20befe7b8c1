import { routes } from '../protocol/index.js';
import type { Composition } from '../protocol/content.js';
import type { InputOf } from '../protocol/route.js';
import type { Destination, PersonData, Ref, ShownMessage } from '../protocol/shapes.js';
import type { ControlHttp } from './http.js';

export type SendOptions = Partial<Omit<InputOf<typeof routes.sends>, 'person' | 'content'>>;
export type Said = string | Composition;

/** Somebody who uses Telegram: a customer, an agent, an admin, a stranger. */
export class Person {
  readonly id: number;

  constructor(
    private readonly http: ControlHttp,
    readonly data: PersonData,
    private readonly staff: { readonly channelId: number; readonly groupId: number },
  ) {
    this.id = data.id;
  }

  /** Writes to the bot in private, or where `to` says. */
  writes(text: string, options: SendOptions = {}): Promise<Ref> {
    return this.sends({ kind: 'text', text }, options);
  }

  /** Sends anything to the bot in private, or where `to` says. */
  sends(content: Composition, options: SendOptions = {}): Promise<Ref> {
    return this.http.ask(routes.sends, { person: this.id, to: { kind: 'bot' }, ...options, content });
  }

  /** Comments below a channel post. */
  comments(post: Ref, said: Said, options: SendOptions = {}): Promise<Ref> {
    return this.sends(composed(said), { to: { kind: 'comments', post }, ...options });
  }

  /** Answers a message where it stands. */
  repliesTo(message: Ref, said: Said, options: SendOptions = {}): Promise<Ref> {
    return this.sends(composed(said), { to: placeOf(message), replyTo: message, ...options });
  }

  /** Writes in the discussion group, outside of all comments. */
  writesInGroup(said: Said, options: SendOptions = {}): Promise<Ref> {
    return this.sends(composed(said), { to: { kind: 'chat', chatId: this.staff.groupId }, ...options });
  }

  /** Edits a message of their own. */
  async edits(message: Ref, said: Said): Promise<void> {
    await this.http.ask(routes.edits, { person: this.id, message, content: composed(said) });
  }

  async deletes(message: Ref): Promise<void> {
    await this.http.ask(routes.deletes, { person: this.id, message });
  }

  /** What stands in the private chat with the bot now. */
  sees(): Promise<ShownMessage[]> {
    return this.http.ask(routes.sees, { person: this.id, chatId: this.id });
  }

  /** What stands in the discussion group now. */
  seesGroup(): Promise<ShownMessage[]> {
    return this.http.ask(routes.sees, { person: this.id, chatId: this.staff.groupId });
  }

  /** What stands in the staff channel now. */
  seesChannel(): Promise<ShownMessage[]> {
    return this.http.ask(routes.sees, { person: this.id, chatId: this.staff.channelId });
  }

  /** The comments below a channel post, without its copy. */
  seesComments({ chatId, messageId }: Ref): Promise<ShownMessage[]> {
    return this.http.ask(routes.seesComments, { person: this.id, chatId, messageId });
  }
}

function composed(said: Said): Composition {
  return typeof said === 'string' ? { kind: 'text', text: said } : said;
}

function placeOf(message: Ref): Destination {
  return message.chatId > 0 ? { kind: 'bot', botId: message.botId } : { kind: 'chat', chatId: message.chatId };
}
