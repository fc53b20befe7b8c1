import { append, appendAlbum } from '../acts/append.js';
import { copiedContent } from '../acts/copy.js';
import { badRequest } from '../errors.js';
import { albumRefusal } from '../rules/album.js';
import { lengthRefusal } from '../rules/send.js';
import { type Content, isCaptioned } from '../world/content.js';
import type { StoredMessage } from '../world/messages.js';
import { newAlbumId } from '../world/world.js';
import type { BotCall, Methods } from './call.js';
import { chatParam, messageIn, sourceChatParam } from './chats.js';
import { markupParam } from './keyboard.js';
import { ascendingIdsParam, knownMessages } from './messageIds.js';
import { placeReply, replyParam } from './reply.js';
import { checkFlood, checkRights, draftOf } from './send.js';
import { captionParam } from './text.js';

export const copyMethods = {
  /**
   * A copy that answers, has buttons or a caption of its own is sent anew by the bot, within the bot's limits; else
   * Telegram copies, and longer texts of Premium users go through.
   */
  copyMessage(call) {
    const replacesCaption = call.params.has('caption');
    const caption = captionParam(call);
    const source = messageIn(call, sourceChatParam(call), { id: call.params.messageId(), what: 'message to copy' });
    const markup = markupParam(call);
    const wish = replyParam(call);
    const chat = chatParam(call, 'write');
    const place = placeReply(call, chat, wish);
    const copied = copiedContent(call.telegram, call.bot, source.content);
    if (copied === undefined) throw badRequest("the message can't be copied");
    const isSentAnew = place.reply !== undefined || markup.kind !== 'none' || (replacesCaption && caption.text !== '');
    const content = isSentAnew ? withoutCustomEmoji(call, copied) : copied;
    const isCaptionAbove = call.params.boolean('show_caption_above_media');
    const final = replacesCaption ? recaptioned(content, { caption, isCaptionAbove }) : content;
    checkRights(call, chat, final);
    const tooLong = isSentAnew ? lengthRefusal(final) : undefined;
    if (tooLong !== undefined) throw tooLong;
    checkFlood(call, chat);
    const message = append(call.telegram, chat, draftOf(call, { chat, content: final, place, markup }));
    return { message_id: message.id };
  },

  /** Copies what can be copied and leaves out the rest; albums stay albums. There is no answering here. */
  copyMessages(call) {
    const ids = ascendingIdsParam(call);
    const chat = chatParam(call, 'write');
    const sources = knownMessages(call, sourceChatParam(call), ids);
    const removesCaption = call.params.boolean('remove_caption');
    const copies = sources
      .map((source) => ({ source, content: copiedContent(call.telegram, call.bot, source.content) }))
      .filter((copy): copy is Copy => copy.content !== undefined)
      .map((copy) => (removesCaption ? { ...copy, content: bare(copy.content) } : copy));
    if (copies.length === 0) throw badRequest("messages can't be forwarded");
    for (const { content } of copies) checkRights(call, chat, content);
    const albums = copiedAlbums(call, copies);
    checkFlood(call, chat, copies.length);
    const drafts = copies.map(({ content }, index) => ({
      ...draftOf(call, { chat, content, place: {} }),
      albumId: albums[index],
    }));
    return appendAlbum(call.telegram, { chat, drafts }).map(({ id }) => ({ message_id: id }));
  },
} satisfies Partial<Methods>;

interface Copy {
  readonly source: StoredMessage;
  readonly content: Content;
}

function recaptioned(
  content: Content,
  { caption, isCaptionAbove }: { caption: { text: string; entities: StoredCaption }; isCaptionAbove: boolean },
): Content {
  if (!isCaptioned(content)) return content;
  return { ...content, caption: caption.text, captionEntities: caption.entities, isCaptionAbove };
}

type StoredCaption = Extract<Content, { kind: 'photo' }>['captionEntities'];

function bare(content: Content): Content {
  return recaptioned(content, { caption: { text: '', entities: [] }, isCaptionAbove: false });
}

/** Emoji that the bot may not use are dropped from what it sends itself; the text keeps its plain emoji. */
function withoutCustomEmoji({ bot }: BotCall, content: Content): Content {
  if (bot.usesCustomEmoji) return content;
  const plain = (entities: StoredCaption): StoredCaption => entities.filter(({ type }) => type !== 'custom_emoji');
  if (content.kind === 'text') return { ...content, entities: plain(content.entities) };
  return isCaptioned(content) ? { ...content, captionEntities: plain(content.captionEntities) } : content;
}

/** New album ids, copy by copy: what could be one album becomes one, else messages of one album keep together. */
function copiedAlbums({ telegram: { world } }: BotCall, copies: readonly Copy[]): (string | undefined)[] {
  const isOneAlbum = copies.length > 1 && albumRefusal(copies.map(({ content }) => content)) === undefined;
  if (isOneAlbum) {
    const albumId = newAlbumId(world);
    return copies.map(() => albumId);
  }
  const old = copies.map(({ source }) => source.albumId);
  const shared = new Set(old.filter((albumId, index) => old.indexOf(albumId) !== index));
  const renewed = new Map([...shared].map((albumId) => [albumId, newAlbumId(world)]));
  return old.map((albumId) => (albumId === undefined ? undefined : renewed.get(albumId)));
}
