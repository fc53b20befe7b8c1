import { append, appendAlbum } from '../acts/append.js';
import type { Draft } from '../acts/store.js';
import { badRequest } from '../errors.js';
import { renderMessage } from '../render/message.js';
import { isForwardable } from '../rules/copy.js';
import { originOf } from '../rules/origin.js';
import type { Chat } from '../world/chats.js';
import type { StoredMessage } from '../world/messages.js';
import { newAlbumId } from '../world/world.js';
import { type BotCall, type Methods, viewOf } from './call.js';
import { chatParam, messageIn, sourceChatParam } from './chats.js';
import { ascendingIdsParam, knownMessages } from './messageIds.js';
import { checkFlood, checkRights, draftOf } from './send.js';

export const forwardMethods = {
  forwardMessage(call) {
    const source = messageIn(call, sourceChatParam(call), { id: call.params.messageId(), what: 'message to forward' });
    const chat = chatParam(call, 'write');
    if (source.isProtected === true) throw badRequest("message has protected content and can't be forwarded");
    if (!isForwardable(source.content)) throw badRequest("the message can't be forwarded");
    checkRights(call, chat, source.content);
    checkFlood(call, chat);
    const message = append(call.telegram, chat, forwardDraft(call, chat, source));
    return renderMessage(viewOf(call), message);
  },

  forwardMessages(call) {
    const ids = ascendingIdsParam(call);
    const chat = chatParam(call, 'write');
    const sources = knownMessages(call, sourceChatParam(call), ids).filter(
      ({ content, isProtected }) => isProtected !== true && isForwardable(content),
    );
    if (sources.length === 0) throw badRequest("messages can't be forwarded");
    for (const { content } of sources) checkRights(call, chat, content);
    checkFlood(call, chat, sources.length);
    const albums = new Map<string, string>();
    const drafts = sources.map((source) => ({
      ...forwardDraft(call, chat, source),
      albumId: forwardedAlbum(call, albums, source),
    }));
    return appendAlbum(call.telegram, { chat, drafts }).map(({ id }) => ({ message_id: id }));
  },
} satisfies Partial<Methods>;

function forwardDraft(call: BotCall, chat: Chat, source: StoredMessage): Draft {
  const draft = draftOf(call, { chat, content: structuredClone(source.content), place: {} });
  return { ...draft, origin: originOf(call.telegram.world, source), viaBotId: source.viaBotId };
}

function forwardedAlbum(call: BotCall, albums: Map<string, string>, { albumId }: StoredMessage): string | undefined {
  if (albumId === undefined) return undefined;
  const known = albums.get(albumId) ?? newAlbumId(call.telegram.world);
  albums.set(albumId, known);
  return known;
}
