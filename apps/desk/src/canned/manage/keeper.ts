import type { Role } from '../../relay/model.js';
import type { PersonId } from '../../relay/ids.js';
import { unknownPlaceholders } from '../../relay/placeholders.js';
import { holders, repliesByIds, replyById, replyCounts, replyPage, usageOf } from '../../store/canned.js';
import { nextRevision, saveReplies, type CannedAction, type Wanted } from '../../store/cannedWrite.js';
import type { Sql } from '../../store/database.js';
import { nameOf } from '../../store/staff.js';
import { problemsOf } from '../check.js';
import { wordsOf, type CannedReply, type StoredReply } from '../reply.js';
import type { ManagerParts } from './manager.js';
import { mayDelete } from './rights.js';
import { createScreens, pageSize, type Screen, type Screens } from './screens.js';
import { firstPage, type ListState } from './state.js';

/** Reads and writes replies for whoever manages them, and shows them as they are now. */
export interface Keeper {
  readonly screens: Screens;
  viewOf(sql: Sql, reply: StoredReply, context: ViewContext): Promise<Screen>;
  listOf(sql: Sql, state: ListState, person: PersonId): Promise<Screen>;
  /** Writes a reply, unless Telegram would not take it or another one has its names. */
  write(sql: Sql, wanted: Wanted, by: { readonly actor: string; readonly action: CannedAction }): Promise<Changed>;
  /** What to show to somebody whose edit was begun before another's was made. Nothing is overwritten. */
  conflict(sql: Sql, reply: StoredReply, role: Role): Promise<Screen>;
  /** A sentence, and what may not be as its author meant it. */
  headingFor(reply: CannedReply, id: string): string;
}

export interface ViewContext {
  readonly role: Role;
  readonly state?: ListState;
  readonly heading?: string;
}

/** What a change comes to: the reply as it is now, or what to say instead. */
export type Changed = { readonly reply: StoredReply } | { readonly refused: Screen };

export function createKeeper(parts: ManagerParts): Keeper {
  const { bot, phrases } = parts;
  const { say } = phrases;
  const screens = createScreens(phrases, parts.link);

  const viewOf: Keeper['viewOf'] = async (sql, reply, { role, state = firstPage, heading }) => {
    const { people } = await usageOf(sql, bot, reply.id);
    const uses = people.reduce((sum, usage) => sum + usage.uses, 0);
    return screens.view(reply, state, { uses, mayDelete: mayDelete(role), ...(heading !== undefined && { heading }) });
  };

  const listOf: Keeper['listOf'] = async (sql, state, person) => {
    const counts = await replyCounts(sql, bot);
    const found = parts.find(state.query, person);
    const total = state.query === '' ? (state.archived ? counts.archived : counts.live) : found.length;
    const page = Math.max(0, Math.min(state.page, Math.ceil(total / pageSize) - 1));
    const offset = page * pageSize;
    const replies =
      state.query === ''
        ? await replyPage(sql, bot, { archived: state.archived, limit: pageSize, offset })
        : await repliesByIds(sql, bot, found.slice(offset, offset + pageSize));
    return screens.list(replies, { ...state, page }, { total, archived: counts.archived });
  };

  const write = async (
    sql: Sql,
    wanted: Wanted,
    { actor, action }: { actor: string; action: CannedAction },
  ): Promise<Changed> => {
    const problems = problemsOf(wanted);
    if (problems.length > 0) return { refused: screens.problems(problems) };
    // Whoever else changes something waits here, so what is free now stays free.
    await nextRevision(sql, bot);
    const taken = await holders(sql, bot, wanted);
    if (taken.title) return { refused: screens.plain('canned-title-taken', { title: wanted.title }) };
    if (taken.shortcut !== undefined) {
      return {
        refused: screens.plain('canned-shortcut-taken', { shortcut: wanted.shortcut ?? '', title: taken.shortcut }),
      };
    }
    const [id = ''] = await saveReplies(sql, { bot, actor, action }, [wanted]);
    const reply = await replyById(sql, bot, { id });
    if (!reply) throw new Error('a canned reply was saved and is not there');
    return { reply };
  };

  const conflict = async (sql: Sql, reply: StoredReply, role: Role): Promise<Screen> => {
    const name = reply.changedBy === undefined ? '' : await nameOf(sql, bot, reply.changedBy);
    return viewOf(sql, reply, {
      role,
      heading: say('canned-conflict', { name: name === '' ? (reply.changedBy ?? '') : name }),
    });
  };

  const headingFor = (reply: CannedReply, id: string): string => {
    const unknown = reply.wordings.flatMap(({ content }) => unknownPlaceholders(wordsOf(content)));
    const warnings = [...new Set(unknown)].map((name) => say('canned-unknown-placeholder', { name }));
    return [say(id), ...warnings].join('\n');
  };

  return { screens, viewOf, listOf, write, conflict, headingFor };
}
