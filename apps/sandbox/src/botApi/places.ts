import type { TelegramLocation, TelegramVenue } from '@gramio/types/objects';
import { badRequest } from '../errors.js';
import { secondsNow } from '../telegram.js';
import { stopped } from '../rules/location.js';
import { compact } from '../world/compact.js';
import type { Content, LocationContent } from '../world/content.js';
import type { BotCall, Methods } from './call.js';
import { edit } from './edits.js';
import { send } from './send.js';

/** Seconds; a live location with this period never ends (Bot API: sendLocation). */
const FOR_EVER = 0x7fffffff;
const MIN_PERIOD = 60;
const MAX_PERIOD = 86_400;

export const placeMethods = {
  sendLocation(call) {
    const period = call.params.integer('live_period');
    const location = locationParam(call);
    if (period === 0) return send(call, { kind: 'location', location });
    if (period !== FOR_EVER && (period < MIN_PERIOD || period > MAX_PERIOD)) {
      throw badRequest('wrong live location period specified');
    }
    return send(call, liveLocation(call, location, period));
  },

  sendVenue(call) {
    const { params } = call;
    const venue = compact<TelegramVenue>({
      location: locationParam(call),
      title: params.string('title'),
      address: params.string('address'),
      foursquare_id: params.string('foursquare_id') || undefined,
      foursquare_type: params.string('foursquare_type') || undefined,
      google_place_id: params.string('google_place_id') || undefined,
      google_place_type: params.string('google_place_type') || undefined,
    });
    return send(call, { kind: 'venue', venue });
  },

  editMessageLiveLocation(call) {
    const location = locationParam(call);
    const period = call.params.integer('live_period');
    return edit(call, 'live_location', (content) => moved(call, content, { location, period }));
  },

  stopMessageLiveLocation(call) {
    return edit(call, 'live_location', stopped);
  },
} satisfies Partial<Methods>;

function liveLocation(call: BotCall, location: TelegramLocation, period: number): LocationContent {
  return { kind: 'location', location, live: { period, until: secondsNow(call.telegram) + period } };
}

function moved(
  call: BotCall,
  content: Content,
  { location, period }: { location: TelegramLocation; period: number },
): Content {
  if (content.kind !== 'location' || content.live === undefined) return content;
  return period === 0 ? { ...content, location } : liveLocation(call, location, period);
}

function locationParam({ params }: BotCall): TelegramLocation {
  const latitude = coordinate(params.string('latitude'), 'latitude');
  const longitude = coordinate(params.string('longitude'), 'longitude');
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw badRequest('wrong location specified');
  return compact<TelegramLocation>({
    latitude,
    longitude,
    horizontal_accuracy: Number(params.string('horizontal_accuracy')) || undefined,
    heading: params.integer('heading', { min: 0, max: 360 }) || undefined,
    proximity_alert_radius: params.integer('proximity_alert_radius', { min: 0 }) || undefined,
  });
}

function coordinate(text: string, name: string): number {
  if (text === '') throw badRequest(`${name} is empty`);
  return Number.parseFloat(text) || 0;
}
