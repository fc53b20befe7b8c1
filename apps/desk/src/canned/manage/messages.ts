import type { CommentAuthor, Role } from '../../relay/model.js';
import type { ManagementEvent } from '../../relay/events.js';
import { anyLanguage, isCannedContent } from '../../relay/canned.js';
import type { Content } from '../../relay/content.js';
import { replyById } from '../../store/canned.js';
import type { Sql } from '../../store/database.js';
import { isLanguage } from '../check.js';
import { wordsOf, type CannedReply } from '../reply.js';
import { editedBy, editRequest } from './edit.js';
import type { Keeper } from './keeper.js';
import type { ManagerParts } from './manager.js';
import { mayEdit } from './rights.js';
import { readSave, type SaveRequest } from './save.js';
import type { Screen } from './screens.js';
import { firstPage, readState, type DialogueState } from './state.js';

/** What a message of a member of the staff does; resolves with what to show for it. */
export type StaffRequest = (sql: Sql, event: ManagementEvent, role: Role) => Promise<Screen>;

export function createStaffRequest(parts: ManagerParts, keeper: Keeper): StaffRequest {
  const { bot, phrases, editors } = parts;
  const { screens, viewOf, listOf, write, conflict, headingFor } = keeper;

  const save = async (
    sql: Sql,
    event: ManagementEvent,
    request: SaveRequest & { target?: Content; role: Role },
  ): Promise<Screen> => {
    const { title, shortcut, target, content } = request;
    if (title === '') return screens.plain('canned-save-usage');
    const kept = target ?? content;
    if (!kept) {
      if (event.where === 'discussion') return screens.plain('canned-save-usage');
      return screens.question({ kind: 'save', title, shortcut });
    }
    if (!isCannedContent(kept)) return screens.plain('canned-save-kind', { what: phrases.kind(kindOf(kept)) });
    const reply: CannedReply = {
      title,
      keywords: [],
      archived: false,
      ...(shortcut !== '' && { shortcut }),
      wordings: [{ language: anyLanguage, content: kept }],
    };
    const changed = await write(sql, reply, { actor: event.author.id, action: 'canned_saved' });
    if ('refused' in changed) return changed.refused;
    if (event.where === 'discussion') return screens.saved(changed.reply, parts.botName);
    return viewOf(sql, changed.reply, { role: request.role, heading: headingFor(changed.reply, 'canned-saved') });
  };

  const answered = async (
    sql: Sql,
    event: ManagementEvent,
    { state, said, role }: { state: string; said: Content; role: Role },
  ): Promise<Screen> => {
    const about = readState(state);
    switch (about?.kind) {
      case 'save':
        return save(sql, event, { title: about.title, shortcut: about.shortcut, target: said, role });
      case 'search':
      case 'list':
        return listOf(sql, { ...firstPage, query: textOf(said) }, event.author.id);
      case 'language':
        return chooseLanguage(sql, about, said);
      case 'edit':
        return edit(sql, event.author, { about, said, role });
      case undefined:
        return screens.plain('canned-gone');
    }
  };

  const chooseLanguage = async (
    sql: Sql,
    about: Extract<DialogueState, { kind: 'language' }>,
    said: Content,
  ): Promise<Screen> => {
    const reply = await replyById(sql, bot, { id: about.reply });
    if (!reply) return screens.plain('canned-gone');
    const language = textOf(said).toLowerCase();
    if (!isLanguage(language))
      return screens.problems([{ field: 'languages', id: 'canned-bad-language', args: { language } }]);
    return screens.question({ kind: 'edit', field: 'text', reply: reply.id, version: about.version, language }, reply);
  };

  const edit = async (
    sql: Sql,
    author: CommentAuthor,
    { about, said, role }: { about: Extract<DialogueState, { kind: 'edit' }>; said: Content; role: Role },
  ): Promise<Screen> => {
    const reply = await replyById(sql, bot, { id: about.reply, lock: true });
    if (!reply) return screens.plain('canned-gone');
    if (reply.version !== about.version) return conflict(sql, reply, role);
    const request = editRequest(reply, about, said);
    if ('problem' in request) return screens.plain(request.problem);
    const wanted = { ...request.reply, id: reply.id };
    const changed = await write(sql, wanted, { actor: author.id, action: editedBy(about) });
    if ('refused' in changed) return changed.refused;
    return viewOf(sql, changed.reply, { role, heading: headingFor(changed.reply, 'canned-changed') });
  };

  return async (sql, event, role) => {
    const { request, author } = event;
    if (request.kind === 'start') return screens.plain('canned-help', { bot: parts.botName });
    if (request.kind === 'list') return listOf(sql, { ...firstPage, query: request.query }, author.id);
    const isSearch = request.kind === 'answer' && ['search', 'list'].includes(readState(request.state)?.kind ?? '');
    if (!isSearch && !mayEdit(role, editors)) return screens.plain('canned-admins-only');
    if (request.kind === 'answer') return answered(sql, event, { ...request, role });
    return save(sql, event, { ...readSave(request.said), ...(request.target && { target: request.target }), role });
  };
}

function textOf(said: Content): string {
  return isCannedContent(said) ? wordsOf(said).text.trim() : '';
}

function kindOf(content: Content): string {
  switch (content.kind) {
    case 'media':
      return content.media;
    case 'native':
    case 'uncopyable':
      return content.name;
    default:
      return content.kind;
  }
}
