import type { PlaceId } from '../relay/ids.js';
import type { Queue } from '../store/wanted.js';
import type { Settlement } from './settle.js';

/** What the sender tells those who watch it. Nothing here may throw or wait. */
export interface SenderMeters {
  /** A step was carried out. `waitedMs`: how long it had been wanted; `tookMs`: the call with its writing down. */
  shown(step: { readonly queue: Queue; readonly waitedMs: number; readonly tookMs: number }): void;
  /** The messenger refused a call because too much was sent. */
  refused(place: PlaceId): void;
  /** A call whose outcome was not known is settled. */
  settled(settlement: Settlement): void;
}
