import type { Role } from '../../relay/model.js';
import type { BotId, ExternalId, PersonId, PlaceId } from '../../relay/ids.js';
import type { ManagementEvent } from '../../relay/events.js';
import type { Sql } from '../../store/database.js';
import type { Phrases } from '../../text/phrases.js';
import { createKeeper } from './keeper.js';
import { createStaffRequest } from './messages.js';
import { createPresses } from './presses.js';
import type { Editors } from './rights.js';
import type { Screen } from './screens.js';

/** Canned replies are made and kept by messages to the desk and by buttons below its own. */
export interface Manager {
  /** What to show for a message; undefined when it means nothing here because of who wrote it. */
  written(sql: Sql, event: ManagementEvent, role: Role): Promise<readonly Shown[] | undefined>;
  /** What a pressed button does. Pressing again does nothing more. */
  pressed(sql: Sql, pressed: Pressed): Promise<Outcome>;
}

/** Something to show somewhere. */
export interface Shown {
  readonly place: PlaceId;
  readonly replyTo?: ExternalId;
  readonly screen: Screen;
}

export interface Pressed {
  readonly person: PersonId;
  readonly role: Role;
  readonly data: string;
  /** Of the message with the button. */
  readonly state: string;
}

export interface Outcome {
  /** A short line that fades away. */
  readonly toast?: string;
  /** What the message becomes. */
  readonly instead?: Screen;
  /** What is shown below it. */
  readonly below?: Screen;
}

export interface ManagerParts {
  readonly bot: BotId;
  readonly botName: string;
  readonly phrases: Phrases;
  readonly editors: Editors;
  /** The ids of what was asked for, the best first, also of what is offered to nobody. From memory: it may lag a moment. */
  readonly find: (query: string, person: PersonId) => readonly string[];
  /** Makes an address that carries a state. */
  readonly link: (state: string) => string;
}

export function createManager(parts: ManagerParts): Manager {
  const { phrases } = parts;
  const keeper = createKeeper(parts);
  const staffRequest = createStaffRequest(parts, keeper);
  return {
    pressed: createPresses(parts, keeper),
    written: async (sql, event, role) => {
      const { place, request, otherwise } = event;
      const replyTo = event.where === 'discussion' ? { replyTo: event.id } : {};
      if (role !== 'none') return [{ place, ...replyTo, screen: await staffRequest(sql, event, role) }];
      if (request.kind !== 'start' || otherwise.kind !== 'customer_wrote') return undefined;
      const text = phrases.saying(otherwise.customer.language, 'canned-welcome');
      return [{ place, screen: { kind: 'words', text: { text, entities: [] }, buttons: [] } }];
    },
  };
}
