import type { Call, UpdateEntry } from '../../../src/control/client.js';
import type { Entry } from '../state/journal.js';
import { kindName } from '../chat/words.js';
import { shownName } from '../panes/people.js';
import { overview, people } from '../state/sandbox.js';
import { isTextKey, t } from '../text/index.js';

/** How an entry went, for its colour. */
export type Tone = 'good' | 'bad' | 'waiting' | 'quiet';

export interface EntryWords {
  readonly at: number;
  readonly name: string;
  readonly about: string;
  readonly state: string;
  readonly tone: Tone;
  readonly time: string;
}

/** Whether an entry is nothing but a bot asking what is new, and being told that nothing is. */
export function isPolling(entry: Entry): boolean {
  if (entry.kind === 'call') return entry.call.method === 'getUpdates';
  return entry.update.event.kind === 'polled';
}

/** What the list shows of an entry. */
export function describe(entry: Entry): EntryWords {
  return entry.kind === 'call' ? describeCall(entry.call) : describeUpdate(entry.update);
}

function describeCall(call: Call): EntryWords {
  const { method, params, files, outcome, at, ms } = call;
  const words = params['text'] ?? params['caption'] ?? files.join(', ');
  const about = [chatName(params['chat_id']), words].filter((part) => part !== undefined && part !== '').join(' · ');
  const time = ms === undefined ? '' : `${ms} ms`;
  if (outcome === undefined) return { at, name: method, about, state: t('pending'), tone: 'waiting', time };
  if (outcome.kind === 'withheld')
    return { at, name: method, about, state: t('withheld', { fault: outcome.fault }), tone: 'bad', time };
  const isGood = outcome.status < 400;
  const refusal = isGood ? '' : `: ${descriptionOf(outcome.body)}`;
  return { at, name: method, about, state: `${outcome.status}${refusal}`, tone: isGood ? 'good' : 'bad', time };
}

function descriptionOf(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('description' in body)) return '';
  return String(body.description).replace(/^[A-Z][A-Za-z ]+: /, '');
}

function describeUpdate({ at, event }: UpdateEntry): EntryWords {
  const kind = event.kind === 'added' ? textMember(event, 'updateKind') : event.kind;
  const outcome = event.kind === 'added' ? outcomeOf(event) : event.kind;
  const key = `update_${outcome}`;
  const isBad = outcome === 'lost' || outcome === 'not_delivered' || outcome === 'given_up';
  return {
    at,
    name: kind === event.kind ? t('update') : kind,
    about: event.kind === 'added' ? updateWords(event) : idsOf(event),
    state: isTextKey(key) ? t(key) : outcome,
    tone: isBad ? 'bad' : 'quiet',
    time: '',
  };
}

type Event = UpdateEntry['event'];

function textMember(event: Event, name: string): string {
  const value = event[name];
  return typeof value === 'string' ? value : '';
}

function outcomeOf({ added }: Event): string {
  return isObject(added) && typeof added['outcome'] === 'string' ? added['outcome'] : '';
}

/** The words in the update, whatever kind it is. */
function updateWords({ added }: Event): string {
  const update = isObject(added) ? added['update'] : undefined;
  if (!isObject(update)) return '';
  const [, content] = Object.entries(update).find(([name]) => name !== 'update_id') ?? [];
  if (!isObject(content)) return '';
  const chat = isObject(content['chat']) ? chatName(String(content['chat']['id'])) : undefined;
  const words = content['text'] ?? content['caption'] ?? content['query'] ?? content['data'] ?? kindIn(content);
  return [chat, typeof words === 'string' ? words : ''].filter((part) => part !== undefined && part !== '').join(' · ');
}

const KINDS = [
  'photo',
  'video',
  'animation',
  'audio',
  'voice',
  'video_note',
  'sticker',
  'document',
  'contact',
  'location',
  'poll',
  'dice',
];

/** The kind of a message without words. */
function kindIn(content: object): string {
  const kind = KINDS.findLast((name) => name in content);
  return kind === undefined ? '' : `[${kindName(kind)}]`;
}

/** The name of a chat, in the place of its number. */
function chatName(id: string | undefined): string | undefined {
  const { channel, group } = overview.value ?? {};
  if (id === String(channel?.id)) return t('channel');
  if (id === String(group?.id)) return t('group');
  const person = people.value.get(Number(id));
  return person === undefined ? id : shownName(person);
}

function idsOf({ updateIds, updateId, reason }: Event): string {
  const ids = Array.isArray(updateIds) ? updateIds.join(', ') : typeof updateId === 'number' ? String(updateId) : '';
  return typeof reason === 'string' ? `${ids} ${reason}` : ids;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
