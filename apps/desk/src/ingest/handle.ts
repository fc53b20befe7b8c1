import type { Shown } from '../canned/manage/manager.js';
import { decide } from '../relay/decide.js';
import type { ManagementEvent, RelayEvent } from '../relay/events.js';
import type { BotId, PersonId } from '../relay/ids.js';
import type { Role, Side } from '../relay/model.js';
import type { Notice } from '../relay/notices.js';
import { apply } from '../store/apply.js';
import type { Applied } from '../store/applyState.js';
import type { Sql } from '../store/database.js';
import { loadSituation } from '../store/situation.js';
import { staffMember } from '../store/staff.js';
import type { WaitingUpdate } from '../store/updates.js';

/** What handling one update needs. */
export interface HandleParts {
  readonly bot: BotId;
  /** What a stored update means. Pure. */
  readonly read: (payload: unknown) => RelayEvent;
  /** Whether this process knows the desk's places as they are now; has them looked at when it does not. */
  readonly knowsPlaces: (sql: Sql) => Promise<boolean>;
  /** Sees to what staff say to the desk itself; undefined when it means nothing because of who said it. */
  readonly manage: (sql: Sql, event: ManagementEvent, role: Role) => Promise<readonly Shown[] | undefined>;
  readonly phrase: (notice: Notice, to: Side, language?: string) => string;
}

/** What came of handling one update. */
export interface Handled extends Applied {
  readonly update: string;
  readonly shown: readonly Shown[];
}

/** It will be known what to do with the update, and is not yet. */
export class TooEarly extends Error {}

/** Who wrote the comment must be asked first, and not inside a transaction. */
export class RoleUnknown extends Error {
  readonly person: PersonId;

  constructor(event: RelayEvent) {
    super('the role of the author is not known');
    this.person = 'author' in event ? event.author.id : '';
  }
}

/**
 * Does what an update asks for, inside the caller's transaction. Throws RoleUnknown or TooEarly when that cannot be known
 * yet: then nothing of it may be kept.
 */
export async function handle(parts: HandleParts, sql: Sql, { id: update, payload }: WaitingUpdate): Promise<Handled> {
  const event = parts.read(payload);
  if (event.kind === 'nothing' && event.elsewhere === true && !(await parts.knowsPlaces(sql))) {
    throw new TooEarly('the desk has other places than this process knows');
  }
  const shown = event.kind === 'management' ? await manage(parts, sql, event) : undefined;
  // In private it was for the desk alone; a comment is there for everybody to see, and is kept as one.
  const isDone = shown !== undefined && event.kind === 'management' && event.where === 'private';
  const applied = isDone ? { lanes: [], ignored: [], hints: [] } : await relay(parts, sql, { event, update });
  return { ...applied, update, shown: shown ?? [] };
}

async function relay(
  { bot, phrase }: HandleParts,
  sql: Sql,
  { event, update }: { readonly event: RelayEvent; readonly update: string },
): Promise<Applied> {
  const situation = await loadSituation(sql, bot, event);
  if (situation.tooEarly === true) throw new TooEarly('the post of the comment may be being sent');
  if (situation.roleUnknown === true) throw new RoleUnknown(event);
  const { conversation } = situation;
  const language = conversation?.customer.language ?? ('customer' in event ? event.customer.language : undefined);
  return apply(
    {
      sql,
      bot,
      update,
      ...(conversation && { conversation: conversation.id }),
      phrase: (notice, to) => phrase(notice, to, language),
    },
    decide(situation, event),
  );
}

async function manage(
  { bot, manage: managed }: HandleParts,
  sql: Sql,
  event: ManagementEvent,
): Promise<readonly Shown[] | undefined> {
  const { author } = event;
  switch (author.kind) {
    case 'anonymous_admin':
    case 'channel_identity':
      return managed(sql, event, 'agent');
    case 'foreign':
      return undefined;
    case 'person': {
      const member = await staffMember(sql, bot, author.id);
      if (member?.fresh !== true) throw new RoleUnknown(event);
      return managed(sql, event, member.role);
    }
  }
}
