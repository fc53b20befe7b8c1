import type { TelegramMessage } from '@gramio/types/objects';

/** Updates in the shapes in which Telegram sends them, legacy keys included. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Fields = Record<string, unknown>;

export const places = { channel: -1_002_000_000_001, discussion: -1_002_000_000_002 } as const;
export const context = { botName: 'desk_bot', places } as const;

export const ann = {
  id: 5_000_000_042,
  is_bot: false,
  first_name: 'Ann',
  last_name: 'Lee',
  username: 'ann_l',
  language_code: 'en',
};
export const maria = { id: 7_001_001, is_bot: false, first_name: 'Maria', last_name: 'Silva' };
export const telegram = { id: 777_000, is_bot: false, first_name: 'Telegram' };
export const anonymousBot = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };
export const channelBot = { id: 136_817_688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' };

export const channel = { id: places.channel, title: 'Support', type: 'channel' };
export const group = { id: places.discussion, title: 'Support Chat', type: 'supergroup' };
export const foreignChannel = { id: -1_009_000_000_009, title: 'Elsewhere', type: 'channel' };

export const written = 1_791_549_475;

/** Ann's message in her private chat with the bot. */
export function privately(fields: Fields): Fields {
  const chat = { id: ann.id, first_name: 'Ann', last_name: 'Lee', username: 'ann_l', type: 'private' };
  return { message_id: 100, from: ann, chat, date: written, ...fields };
}

/** Telegram's copy of post 7 in the group, message 31 there. */
export function copy(fields: Fields = {}): Fields {
  return {
    message_id: 31,
    from: telegram,
    sender_chat: channel,
    chat: group,
    date: written,
    edit_date: written,
    forward_origin: { type: 'channel', chat: channel, message_id: 7, date: written - 1 },
    is_automatic_forward: true,
    forward_from_chat: channel,
    forward_from_message_id: 7,
    forward_date: written - 1,
    text: 'post',
    ...fields,
  };
}

/** The copy as it stands inside a comment: without its edit date. */
export function nestedCopy(): Fields {
  return Object.fromEntries(Object.entries(copy()).filter(([key]) => key !== 'edit_date'));
}

/** Maria's comment under post 7. */
export function commented(fields: Fields): Fields {
  return {
    message_id: 50,
    from: maria,
    chat: group,
    date: written,
    message_thread_id: 31,
    reply_to_message: nestedCopy(),
    ...fields,
  };
}

export const message = (fields: Fields): Fields => ({ update_id: 870_000_020, message: fields });
export const edited = (fields: Fields): Fields => ({ update_id: 870_000_021, edited_message: fields });

/** For functions that take a message whose shape was looked at before. */
export function asMessage(fields: Fields): TelegramMessage {
  return fields as unknown as TelegramMessage;
}
