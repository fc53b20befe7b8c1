import { codePoints } from './richText.js';
import { sameContent, type Content } from './content.js';
import type { Decision, ReplyTarget } from './decisions.js';
import type { CustomerProfile, IncomingMessage } from './model.js';
import type { Situation } from './situation.js';
import { isOutdated, mayHaveOvertaken, wordingOf } from './edit.js';
import { replyOf } from './reply.js';
import { standingChanged } from './standing.js';

/** A first text up to this many characters stands in the post in full and needs no comment of its own. */
export const firstWordsLimit = 500;

interface CustomerEvent {
  readonly customer: CustomerProfile;
  readonly message: IncomingMessage;
}

/** A customer wrote. The first message opens the conversation; every message is shown to the staff, in order. */
export function customerWrote(situation: Situation, { customer, message }: CustomerEvent): Decision[] {
  if (situation.known) return [{ kind: 'ignore', reason: 'message already stored' }];
  const decisions = [...returned(situation), ...knowCustomer(situation, customer)];
  const first = situation.conversation === undefined;
  decisions.push({
    kind: 'store_message',
    message: {
      incoming: message,
      ...replyOf(situation),
      author: 'customer',
      authorId: customer.id,
      internal: false,
      copyTo: 'staff',
      inPost: first && fitsInPost(message.content),
    },
  });
  return [...decisions, ...sorry(message.content, { kind: 'this' })];
}

/** A customer edited. Nothing happens for what looks the same; Telegram reports such edits too. */
export function customerEdited(situation: Situation, event: CustomerEvent): Decision[] {
  const { known, conversation } = situation;
  const { content } = event.message;
  if (!known) {
    if (mayHaveOvertaken(event.message)) return customerWrote(situation, event);
    if (!conversation) return [{ kind: 'ignore', reason: 'edit of a message from before the conversation' }];
    return [{ kind: 'say', to: 'staff', notice: { id: 'edit-not-mirrored', side: 'customer' } }];
  }
  const profile = knowCustomer(situation, event.customer);
  if (isOutdated(known, event.message)) return [...profile, { kind: 'ignore', reason: 'a newer edit is known' }];
  if (sameContent(known.content, content)) return [...profile, { kind: 'ignore', reason: 'edit changes nothing' }];
  return [
    ...profile,
    {
      kind: 'revise_message',
      message: known.id,
      content,
      ...wordingOf(event.message),
      inPost: known.inPost && fitsInPost(content),
    },
    ...sorry(content, { kind: 'stored', message: known.id }),
  ];
}

/** The customer hears of what cannot be shown to the staff. */
function sorry(content: Content, replyTo: ReplyTarget): Decision[] {
  if (content.kind !== 'uncopyable') return [];
  return [{ kind: 'say', to: 'customer', notice: { id: 'uncopyable-customer', what: content.name }, replyTo }];
}

/** Whether the post can carry it as the customer's first words, so that it needs no comment. */
export function fitsInPost(content: Content): boolean {
  return content.kind === 'text' && codePoints(content.text) <= firstWordsLimit;
}

/** Who writes is back, whatever was known of them. */
function returned(situation: Situation): Decision[] {
  const standing = situation.conversation?.customer.standing;
  return standing === undefined || standing === 'active' ? [] : standingChanged(situation, 'active');
}

function knowCustomer({ conversation }: Situation, customer: CustomerProfile): Decision[] {
  if (!conversation) return [{ kind: 'know_customer', customer }];
  const known = conversation.customer;
  const same =
    known.firstName === customer.firstName &&
    known.lastName === customer.lastName &&
    known.username === customer.username &&
    known.language === customer.language;
  return same ? [] : [{ kind: 'know_customer', customer }, { kind: 'refresh_card' }];
}
