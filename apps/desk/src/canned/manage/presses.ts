import type { PersonId } from '../../relay/ids.js';
import type { Role } from '../../relay/model.js';
import { replyById, usageOf } from '../../store/canned.js';
import { deleteReply } from '../../store/cannedWrite.js';
import type { Sql } from '../../store/database.js';
import { offered, withWording, type CannedReply, type StoredReply } from '../reply.js';
import { actionOf } from './edit.js';
import type { Keeper } from './keeper.js';
import type { ManagerParts, Outcome, Pressed } from './manager.js';
import { mayDelete, mayEdit } from './rights.js';
import type { Screen } from './screens.js';
import { firstPage, readPress, readState, type DialogueState, type ListState, type Press } from './state.js';

interface OnReply {
  readonly press: Press;
  readonly reply: StoredReply;
  readonly role: Role;
  readonly where: ListState;
  readonly person: PersonId;
}

export function createPresses(parts: ManagerParts, keeper: Keeper): (sql: Sql, pressed: Pressed) => Promise<Outcome> {
  const { bot, phrases, editors } = parts;
  const { say } = phrases;
  const { screens, viewOf, listOf, write, conflict } = keeper;

  const pressed = async (sql: Sql, { person, role, data, state }: Pressed): Promise<Outcome> => {
    const press = readPress(data);
    const known = readState(state);
    const where = known?.kind === 'list' ? known : firstPage;
    if (!press) return {};
    switch (press.name) {
      case 'list':
        return { instead: await listOf(sql, { ...where, page: Number(press.detail) || 0 }, person) };
      case 'live':
        return { instead: await listOf(sql, firstPage, person) };
      case 'archived':
        return { instead: await listOf(sql, { ...firstPage, archived: true }, person) };
      case 'search':
        return { below: screens.question({ kind: 'search' }) };
      default: {
        const reply = await replyById(sql, bot, { id: press.reply === '' ? '0' : press.reply, lock: true });
        if (!reply) return { toast: say('canned-gone'), instead: await listOf(sql, where, person) };
        return onReply(sql, { press, reply, role, where, person });
      }
    }
  };

  const onReply = async (sql: Sql, on: OnReply): Promise<Outcome> => {
    const { press, reply, where, role } = on;
    switch (press.name) {
      case 'preview': {
        const wording = reply.wordings.find(({ language }) => language === press.detail);
        return { below: { kind: 'content', content: wording?.content ?? offered(reply) } };
      }
      case 'languages':
        return { instead: screens.languages(reply, where) };
      case 'usage':
        return { instead: screens.usage(reply, where, await usageOf(sql, bot, reply.id)) };
      case 'ask':
      case 'language':
        return ask(on);
      case 'archive':
      case 'restore':
      case 'drop':
        return changeByButton(sql, on);
      case 'delete':
      case 'erase':
        return erase(sql, on);
      default:
        return { instead: await viewOf(sql, reply, { role, state: where }) };
    }
  };

  const ask = ({ press, reply, role }: OnReply): Outcome => {
    if (!mayEdit(role, editors)) return { toast: say('canned-admins-only') };
    const asked = press.name === 'language' ? ({ kind: 'language' } as const) : askedFor(press.detail);
    return asked ? { below: screens.question({ ...asked, reply: reply.id, version: reply.version }, reply) } : {};
  };

  const erase = async (sql: Sql, { press, reply, role, where, person }: OnReply): Promise<Outcome> => {
    if (!mayDelete(role)) return { toast: say('canned-admins-only') };
    if (press.name === 'delete') return { instead: screens.confirmDelete(reply, where) };
    if (press.version !== reply.version) {
      return { toast: say('canned-meanwhile'), instead: await conflict(sql, reply, role) };
    }
    await deleteReply(sql, { bot, actor: person, action: 'canned_deleted' }, reply.id);
    return { toast: say('canned-deleted'), instead: await listOf(sql, where, person) };
  };

  const changeByButton = async (sql: Sql, { press, reply, role, where, person }: OnReply): Promise<Outcome> => {
    if (!mayEdit(role, editors)) return { toast: say('canned-admins-only') };
    const { name, detail } = press;
    const wanted: CannedReply =
      name === 'drop'
        ? { ...reply, wordings: withWording(reply, detail, undefined) }
        : { ...reply, archived: name === 'archive' };
    const view = (of: StoredReply): Promise<Screen> => viewOf(sql, of, { role, state: where });
    const isDone = wanted.archived === reply.archived && wanted.wordings.length === reply.wordings.length;
    // Pressed twice, or by two people who want the same.
    if (isDone) return { instead: await view(reply) };
    if (press.version !== reply.version)
      return { toast: say('canned-meanwhile'), instead: await conflict(sql, reply, role) };
    const changed = await write(sql, { ...wanted, id: reply.id }, { actor: person, action: actionOf(name) });
    if ('refused' in changed) return { below: changed.refused };
    return {
      toast: say(
        name === 'drop' ? 'canned-done-drop' : name === 'archive' ? 'canned-done-archive' : 'canned-done-restore',
      ),
      instead: await view(changed.reply),
    };
  };

  return pressed;
}

/** `text`, `text.pt`, `title`... */
function askedFor(
  detail: string,
): Pick<Extract<DialogueState, { kind: 'edit' }>, 'kind' | 'field' | 'language'> | undefined {
  const state = readState(`canned=edit&field=${detail.split('.')[0] ?? ''}&language=${detail.split('.')[1] ?? ''}`);
  return state?.kind === 'edit' ? state : undefined;
}
