import type { Decision } from './decisions.js';
import type { Standing } from './model.js';
import type { Notice } from './notices.js';
import type { Situation } from './situation.js';

const notices: Readonly<Record<Standing, Notice>> = {
  active: { id: 'customer-returned' },
  blocked: { id: 'customer-blocked' },
  gone: { id: 'customer-gone' },
};

/**
 * A customer blocked the bot, vanished or came back: told by the messenger, or learned from a refused delivery. The team
 * is told once, however often it is learned.
 */
export function standingChanged({ conversation, held = 0 }: Situation, standing: Standing): Decision[] {
  if (!conversation) return [{ kind: 'ignore', reason: 'no conversation with this customer yet' }];
  if (conversation.customer.standing === standing) return [{ kind: 'ignore', reason: `already ${standing}` }];
  // Offered, not sent: what was right then may not be now.
  const offered = standing === 'active' && held > 0;
  const notice: Notice = offered ? { id: 'customer-returned-held', count: held } : notices[standing];
  return [{ kind: 'set_standing', standing }, { kind: 'say', to: 'staff', notice }, { kind: 'refresh_card' }];
}
