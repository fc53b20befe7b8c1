import type { BotId, ConversationId, ExternalId, MessageId } from '../relay/ids.js';
import type { Side } from '../relay/model.js';
import type { Notice } from '../relay/notices.js';
import type { Sql } from './database.js';
import type { Lane } from './wanted.js';

/** What applying needs beside the decisions. */
export interface ApplyContext {
  readonly sql: Sql;
  readonly bot: BotId;
  /** The update that is applied, if it is one. */
  readonly update?: string;
  /** The conversation of the event, when there is one already. */
  readonly conversation?: ConversationId;
  /** What a line of the desk's reads like for the side that will read it. */
  readonly phrase: (notice: Notice, to: Side) => string;
}

/** What the rest of the program must hear of after the commit. */
export interface Applied {
  /** Lanes that have something new to show. */
  readonly lanes: Lane[];
  readonly ignored: string[];
  /** Lines outside all conversations. Advice only: one that is lost is lost. */
  readonly hints: Hint[];
}

export interface Hint {
  readonly replyTo: ExternalId;
  readonly text: string;
}

/** What the decisions of one event have led to so far. */
export interface ApplyState extends ApplyContext, Applied {
  conversation?: ConversationId;
  /** The message that this event stored. */
  stored?: MessageId;
}

export function conversationOf({ conversation }: ApplyState): ConversationId {
  if (conversation === undefined) throw new Error('a rule decided about a conversation before knowing the customer');
  return conversation;
}
