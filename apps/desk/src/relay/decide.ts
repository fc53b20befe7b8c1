import type { Decision } from './decisions.js';
import type { RelayEvent } from './events.js';
import type { Situation } from './situation.js';
import { commentEdited, commentWritten } from './comment.js';
import { customerEdited, customerWrote } from './customerMessage.js';
import { standingChanged } from './standing.js';

/** Every rule of the relay: what should be true after `event`, given the situation. Pure. */
export function decide(situation: Situation, event: RelayEvent): Decision[] {
  switch (event.kind) {
    case 'customer_wrote':
      return customerWrote(situation, event);
    case 'customer_edited':
      return customerEdited(situation, event);
    case 'customer_standing':
      return standingChanged(situation, event.standing);
    case 'comment_written':
      return commentWritten(situation, event);
    case 'comment_edited':
      return commentEdited(situation, event);
    case 'management':
      // Who is staff is known where this is stored; here it is what it is for everybody.
      return decide(situation, event.otherwise);
    case 'reply_chosen':
      return [{ kind: 'count_use', reply: event.reply, person: event.person, digest: event.digest }];
    case 'thread_opened':
      return [
        {
          kind: 'remember_root',
          post: event.post,
          root: event.root,
          ...(event.ticket !== undefined && { ticket: event.ticket }),
        },
      ];
    case 'staff_changed':
      return [{ kind: 'set_role', person: event.person, name: event.name, role: event.role }];
    case 'place_moved':
      return [{ kind: 'move_place', from: event.from, to: event.to }];
    case 'nothing':
      return [{ kind: 'ignore', reason: event.reason }];
  }
}
