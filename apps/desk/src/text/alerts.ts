import type { Alert } from '../delivery/watch.js';
import type { Phrases } from './phrases.js';

/** What the team reads of the desk itself. */
export function alertText(phrases: Phrases, alert: Alert): string {
  switch (alert.kind) {
    case 'delayed':
      return phrases.say('alert-delayed', { waiting: String(alert.waiting), minutes: String(alert.minutes) });
    case 'caught_up':
      return phrases.say('alert-caught-up');
    case 'parked':
      return phrases.say('alert-parked', { updates: String(alert.updates) });
  }
}
