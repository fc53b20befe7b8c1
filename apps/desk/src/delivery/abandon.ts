import { dropLink, updateLink } from '../store/links.js';
import type { LaneView } from './lane.js';
import { fenced, type Performer } from './performer.js';
import type { Step } from './plan.js';

/**
 * Gives up a copy that nobody can edit any more: the planner has it taken away, if that is allowed, and sent anew. From a
 * comment that several messages share only this one goes, and is shown below by itself: the others still stand there.
 */
export async function abandonCopy(
  performer: Performer,
  lane: LaneView,
  { piece, side, link }: Extract<Step, { kind: 'edit' }>,
): Promise<void> {
  const { externalId, part, slot } = link;
  await fenced(performer, lane, (sql) =>
    slot === undefined
      ? updateLink(sql, performer.bot, { externalId, shape: 'replaced', digest: '' })
      : dropLink(sql, { message: piece.message, side, part }),
  );
}
