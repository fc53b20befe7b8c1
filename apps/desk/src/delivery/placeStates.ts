import type { PlaceId } from '../relay/ids.js';
import type { StaffSurface } from '../relay/ports.js';
import type { Server, Servers } from './servers.js';
import type { Turns } from './turns.js';

/** How a bot stands in a place that all conversations share. */
export interface PlaceState {
  readonly place: PlaceId;
  readonly kind: 'posts' | 'comments';
  /** The name of the relay bot whose figures these are; absent: the desk's own bot's. */
  readonly relay?: string;
  /** The part of its window that is used, 0 to 1. */
  readonly used: number;
  /** The calls that are believed to pass in a window; absent where nothing is believed. */
  readonly limit?: number;
  /** Conversations that wait for a call there, whoever makes it; 0 for a relay bot. */
  readonly lanes: number;
}

/** How the places stand that all conversations share. */
export function placeStates(
  surface: Pick<StaffSurface, 'places'>,
  servers: Servers,
  turns: Pick<Turns, 'waiting'>,
): readonly PlaceState[] {
  const places = surface.places();
  if (!places) return [];
  const stateOf = (kind: PlaceState['kind'], { relay, budget }: Server): PlaceState => {
    const place = places[kind];
    const limit = budget.limit(place)?.calls;
    const lanes = relay ? 0 : turns.waiting(place).lanes;
    const used = budget.used(place);
    return { place, kind, used, lanes, ...(relay && { relay: relay.name() }), ...(limit !== undefined && { limit }) };
  };
  return [stateOf('posts', servers.own), ...servers.at(places.comments).map((server) => stateOf('comments', server))];
}
