/** A line the desk itself says. What it reads like in each language is `text/`'s business. */
export type Notice =
  | { readonly id: 'customer-blocked' }
  | { readonly id: 'customer-gone' }
  | { readonly id: 'customer-returned' }
  | { readonly id: 'customer-returned-held'; readonly count: number }
  | { readonly id: 'not-delivered'; readonly reason: string }
  | { readonly id: 'not-delivered-blocked' }
  | { readonly id: 'not-delivered-gone' }
  /** Whether an answer arrived is not known; the agent decides. */
  | { readonly id: 'maybe-delivered' }
  /** What a customer wrote may be shown twice. */
  | { readonly id: 'maybe-repeated' }
  | { readonly id: 'uncopyable-staff'; readonly what: string }
  | { readonly id: 'uncopyable-customer'; readonly what: string }
  | { readonly id: 'uncopyable-agent'; readonly what: string }
  | { readonly id: 'edit-not-mirrored'; readonly side: 'customer' | 'staff' }
  | { readonly id: 'edit-not-delivered' }
  /** The customer has the answer, and cannot be reached. */
  | { readonly id: 'edit-unreachable' }
  | { readonly id: 'unsend-unreachable' }
  /** The answer itself has not arrived, or nobody knows. */
  | { readonly id: 'edit-not-sent' }
  | { readonly id: 'outside-threads' }
  | { readonly id: 'note-stays-inside' }
  | { readonly id: 'answer-became-note' }
  | { readonly id: 'unknown-command'; readonly command: string }
  | { readonly id: 'send-usage' }
  | { readonly id: 'unsend-usage' }
  | { readonly id: 'unsend-not-sent' }
  | { readonly id: 'unsend-done' }
  | { readonly id: 'unsend-failed' }
  | { readonly id: 'alias-set'; readonly alias: string }
  | { readonly id: 'alias-cleared' }
  | { readonly id: 'chosen-sent-as'; readonly text: string }
  | { readonly id: 'chosen-nothing-left' }
  | { readonly id: 'canned-in-private' };
