import type { Standing } from '../protocol/chats.js';
import type { Composition } from '../protocol/content.js';
import { routes } from '../protocol/index.js';
import type { Offer, OfferedResult, Pressed } from '../protocol/queries.js';
import type { InputOf } from '../protocol/route.js';
import type { Destination, PersonData, Ref, ShownMessage } from '../protocol/shapes.js';
import type { ControlHttp } from './http.js';

export type SendOptions = Partial<Omit<InputOf<typeof routes.sends>, 'person' | 'content'>>;
export type Said = string | Composition;
/** The staff channel, its discussion group, or any other chat by its id. */
export type Place = 'channel' | 'group' | number;

export interface StaffIds {
  readonly channelId: number;
  readonly groupId: number;
}

/**
 * Somebody who uses Telegram: a customer, an agent, an admin, a stranger. Everything rejects with ControlRefusal where
 * the person's client would not let them.
 */
export class Person {
  readonly id: number;

  constructor(
    private readonly http: ControlHttp,
    /** The profile as it was when the person was added or found. */
    readonly data: PersonData,
    private readonly staff: StaffIds,
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

  /** Sends an album; its items come as updates of their own, `gapMs` apart. */
  sendsAlbum(items: Composition[], options: SendOptions & { gapMs?: number } = {}): Promise<Ref[]> {
    return this.http.ask(routes.sendsAlbum, { person: this.id, to: { kind: 'bot' }, ...options, items });
  }

  /** Forwards messages to the bot in private, or where `to` says. */
  forwards(messages: Ref | Ref[], options: SendOptions = {}): Promise<Ref[]> {
    return this.http.ask(routes.forwards, {
      person: this.id,
      to: { kind: 'bot' },
      ...options,
      messages: [messages].flat(),
    });
  }

  /** Presses START, or opens the bot by a link that carried `payload`. */
  starts(payload?: string, botId?: number): Promise<Ref> {
    return this.http.ask(routes.starts, { person: this.id, payload, botId });
  }

  /** Comments below a channel post. */
  comments(post: Ref, said: Said, options: SendOptions = {}): Promise<Ref> {
    return this.sends(composed(said), { to: { kind: 'comments', post }, ...options });
  }

  /** Comments below a channel post with an album. */
  commentsAlbum(post: Ref, items: Composition[], options: SendOptions & { gapMs?: number } = {}): Promise<Ref[]> {
    return this.sendsAlbum(items, { to: { kind: 'comments', post }, ...options });
  }

  /** Answers a message where it stands. */
  repliesTo(message: Ref, said: Said, options: SendOptions = {}): Promise<Ref> {
    return this.sends(composed(said), { to: placeOf(message), replyTo: message, ...options });
  }

  /** Writes in the discussion group, outside of all comments. */
  writesInGroup(said: Said, options: SendOptions = {}): Promise<Ref> {
    return this.sends(composed(said), { to: { kind: 'chat', chatId: this.staff.groupId }, ...options });
  }

  /** Posts in the staff channel. */
  posts(said: Said, options: SendOptions = {}): Promise<Ref> {
    return this.sends(composed(said), { to: { kind: 'chat', chatId: this.staff.channelId }, ...options });
  }

  /** Edits a message: a text or caption by words alone, all of it by a composition. */
  async edits(message: Ref, said: Said): Promise<void> {
    const change = typeof said === 'string' ? { text: said } : { content: said };
    await this.http.ask(routes.edits, { person: this.id, message, ...change });
  }

  /** Edits a post of the channel as its admin, the bot's posts among them. */
  editsPost(post: Ref, said: Said): Promise<void> {
    return this.edits(post, said);
  }

  /** Moves a live location. */
  async moves(message: Ref, to: { latitude: number; longitude: number }): Promise<void> {
    await this.http.ask(routes.moves, { person: this.id, message, ...to });
  }

  async endsLiveLocation(message: Ref): Promise<void> {
    await this.http.ask(routes.endsLiveLocation, { person: this.id, message });
  }

  /** Deletes messages for everybody. */
  async deletes(messages: Ref | Ref[]): Promise<void> {
    await this.http.ask(routes.deletes, { person: this.id, messages: [messages].flat() });
  }

  /** Deletes a post of the channel, and with it the copy in the group. */
  deletesPost(post: Ref): Promise<void> {
    return this.deletes(post);
  }

  /** Reacts with emoji, or takes reactions back when there are none. */
  async reacts(message: Ref, ...emoji: string[]): Promise<void> {
    await this.http.ask(routes.reacts, { person: this.id, message, emoji });
  }

  /** Votes in a poll by the numbers of its options, beginning at 0. */
  async votes(message: Ref, ...options: number[]): Promise<void> {
    await this.http.ask(routes.votes, { person: this.id, message, options });
  }

  async pins(message: Ref): Promise<void> {
    await this.http.ask(routes.pins, { person: this.id, message });
  }

  async unpins(message: Ref): Promise<void> {
    await this.http.ask(routes.unpins, { person: this.id, message });
  }

  async blocks(): Promise<void> {
    await this.http.ask(routes.blocks, { person: this.id });
  }

  async unblocks(): Promise<void> {
    await this.http.ask(routes.unblocks, { person: this.id });
  }

  /** Deletes their account. */
  async disappears(): Promise<void> {
    await this.http.ask(routes.disappears, { person: this.id });
  }

  /** Changes names and settings; null takes a last name or username away. */
  changesProfile(changes: Omit<InputOf<typeof routes.changesProfile>, 'person'>): Promise<PersonData> {
    return this.http.ask(routes.changesProfile, { person: this.id, ...changes });
  }

  async addsPhoto(): Promise<void> {
    await this.http.ask(routes.addsPhoto, { person: this.id });
  }

  async joins(place: Place): Promise<void> {
    await this.http.ask(routes.joins, { person: this.id, chatId: this.chatId(place) });
  }

  async leaves(place: Place): Promise<void> {
    await this.http.ask(routes.leaves, { person: this.id, chatId: this.chatId(place) });
  }

  /** Lets somebody come, go, rise or fall in a chat, as one who may do so: `lets(maria, 'group', { as: 'banned' })`. */
  async lets(account: { readonly id: number }, place: Place, be: Standing): Promise<void> {
    await this.http.ask(routes.lets, { person: this.id, chatId: this.chatId(place), account: account.id, be });
  }

  /** Adds somebody as a member. */
  adds(account: { readonly id: number }, place: Place): Promise<void> {
    return this.lets(account, place, { as: 'member' });
  }

  /** Removes somebody, who may come back; `lets` bans. */
  removes(account: { readonly id: number }, place: Place): Promise<void> {
    return this.lets(account, place, { as: 'left' });
  }

  /** Makes somebody an administrator, with all rights or the given ones only. */
  promotes(
    account: { readonly id: number },
    place: Place,
    be: Omit<Extract<Standing, { as: 'administrator' }>, 'as'> = {},
  ): Promise<void> {
    return this.lets(account, place, { as: 'administrator', ...be });
  }

  /** Makes an administrator a plain member. */
  demotes(account: { readonly id: number }, place: Place): Promise<void> {
    return this.lets(account, place, { as: 'member' });
  }

  /** Links the staff channel to a group. */
  async linksGroup(groupId = this.staff.groupId): Promise<void> {
    await this.http.ask(routes.links, { person: this.id, channelId: this.staff.channelId, groupId });
  }

  /** Takes the discussion group away from the staff channel. */
  async unlinksGroup(): Promise<void> {
    await this.http.ask(routes.links, { person: this.id, channelId: this.staff.channelId });
  }

  /** Changes the settings of a chat. */
  async changesChat(
    place: Place,
    changes: Omit<InputOf<typeof routes.changesChat>, 'person' | 'chatId'>,
  ): Promise<void> {
    await this.http.ask(routes.changesChat, { person: this.id, chatId: this.chatId(place), ...changes });
  }

  async deletesChat(place: Place): Promise<void> {
    await this.http.ask(routes.deletesChat, { person: this.id, chatId: this.chatId(place) });
  }

  /** Makes a chat of their own. */
  makesChat(chat: Omit<InputOf<typeof routes.addChat>, 'creator'>): Promise<{ id: number; title: string }> {
    return this.http.ask(routes.addChat, { creator: this.id, ...chat });
  }

  /** Turns a basic group into a supergroup; resolves with the new chat. */
  upgrades(groupId: number): Promise<{ id: number; title: string }> {
    return this.http.ask(routes.upgrades, { person: this.id, chatId: groupId });
  }

  /** Types `@bot query` and waits for what the bot offers. */
  types(text: string, options: { offset?: string; in?: number } = {}): Promise<Offer> {
    return this.http.ask(routes.types, { person: this.id, text, ...options });
  }

  /** Sends a result that was offered: below a post, as an answer, or to the bot in private. */
  picks(result: OfferedResult, where: { under?: Ref; replyTo?: Ref; to?: Destination } = {}): Promise<Ref> {
    const { under, replyTo, to } = where;
    const answered: Destination = replyTo === undefined ? { kind: 'bot' } : placeOf(replyTo);
    const destination = to ?? (under === undefined ? answered : { kind: 'comments' as const, post: under });
    const { queryId, id: resultId } = result;
    return this.http.ask(routes.picks, { person: this.id, queryId, resultId, to: destination, replyTo });
  }

  /** Presses the button with this text and waits for the bot's answer. */
  presses(message: Ref, button: string): Promise<Pressed> {
    return this.http.ask(routes.presses, { person: this.id, message, button });
  }

  /** Sends the press of a button that is not shown, as an old keyboard or a forged client would. */
  pressesData(message: Ref, data: string): Promise<Pressed> {
    return this.http.ask(routes.presses, { person: this.id, message, data });
  }

  /** What stands in the private chat with the bot now, or in another chat the person is in. */
  sees(place: Place = this.id): Promise<ShownMessage[]> {
    return this.http.ask(routes.sees, { person: this.id, chatId: this.chatId(place) });
  }

  /** What stands in the discussion group now. */
  seesGroup(): Promise<ShownMessage[]> {
    return this.sees('group');
  }

  /** What stands in the staff channel now. */
  seesChannel(): Promise<ShownMessage[]> {
    return this.sees('channel');
  }

  /** The comments below a channel post, without its copy. */
  seesComments({ chatId, messageId }: Ref): Promise<ShownMessage[]> {
    return this.http.ask(routes.seesComments, { person: this.id, chatId, messageId });
  }

  private chatId(place: Place): number {
    if (place === 'channel') return this.staff.channelId;
    return place === 'group' ? this.staff.groupId : place;
  }
}

function composed(said: Said): Composition {
  return typeof said === 'string' ? { kind: 'text', text: said } : said;
}

function placeOf(message: Ref): Destination {
  return message.chatId > 0 ? { kind: 'bot', botId: message.botId } : { kind: 'chat', chatId: message.chatId };
}
