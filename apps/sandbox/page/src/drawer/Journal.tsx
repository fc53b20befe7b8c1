import { useSignal } from '@preact/signals';
import type { Call } from '../../../src/control/client.js';
import { copyText } from '../state/act.js';
import { clearJournal, entries, type Entry, seqOf } from '../state/journal.js';
import { bots } from '../state/sandbox.js';
import { language } from '../state/settings.js';
import { t } from '../text/index.js';
import { Icon } from '../ui/Icon.js';
import { curlOf } from './curl.js';
import { describe, isPolling } from './journalWords.js';

/** Entries that are on the screen at once. */
const SHOWN = 150;

/** The stream of Bot API calls and updates, the newest first. */
export function Journal() {
  const filter = useSignal('');
  const withPolling = useSignal(false);
  const wanted = filter.value.trim().toLowerCase();
  const shown = entries.value
    .filter((entry) => (withPolling.value || !isPolling(entry)) && (wanted === '' || textOf(entry).includes(wanted)))
    .slice(0, SHOWN);
  return (
    <div class="journal">
      <div class="journal-tools">
        <input
          type="search"
          value={filter.value}
          aria-label={t('filter')}
          placeholder={t('filter_hint')}
          onInput={({ currentTarget }) => {
            filter.value = currentTarget.value;
          }}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={withPolling.value}
            onChange={({ currentTarget }) => {
              withPolling.value = currentTarget.checked;
            }}
          />
          {t('show_polling')}
        </label>
        <button type="button" class="button plain" onClick={clearJournal}>
          {t('clear_list')}
        </button>
      </div>
      {shown.length === 0 && <p class="hint">{t('no_calls')}</p>}
      <ol class="journal-list">
        {shown.map((entry) => (
          <JournalRow key={`${entry.kind} ${seqOf(entry)}`} entry={entry} />
        ))}
      </ol>
    </div>
  );
}

function textOf(entry: Entry): string {
  return JSON.stringify(entry).toLowerCase();
}

function JournalRow({ entry }: { readonly entry: Entry }) {
  const isOpen = useSignal(false);
  const { at, name, about, state, tone, time } = describe(entry);
  return (
    <li class={`entry entry-${entry.kind}`}>
      <button
        type="button"
        class="entry-line"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <time>{exactTime(at)}</time>
        <span class="entry-name">{name}</span>
        <span class="entry-about">{about}</span>
        <span class={`entry-state tone-${tone}`}>{state}</span>
        <span class="entry-time">{time}</span>
      </button>
      {isOpen.value && <Details entry={entry} />}
    </li>
  );
}

function Details({ entry }: { readonly entry: Entry }) {
  if (entry.kind === 'call') return <CallDetails call={entry.call} />;
  return (
    <div class="details">
      <h4>{t('content')}</h4>
      <pre tabIndex={0}>{pretty(entry.update.event)}</pre>
    </div>
  );
}

function CallDetails({ call }: { readonly call: Call }) {
  const { params, files, outcome, tookEffect, botId } = call;
  const token = bots.value.find(({ id }) => id === botId)?.token ?? 'TOKEN';
  const uploads = files.length === 0 ? {} : { files };
  const answer = outcome === undefined ? t('pending') : pretty(outcome.kind === 'answered' ? outcome.body : outcome);
  return (
    <div class="details">
      <div class="details-actions">
        <button type="button" class="button plain" onClick={() => void copyText(curlOf(call, location.origin, token))}>
          <Icon name="copy" />
          {t('copy_curl')}
        </button>
        <button type="button" class="button plain" onClick={() => void copyText(pretty(call))}>
          <Icon name="copy" />
          {t('copy_json')}
        </button>
      </div>
      <div class="details-columns">
        <div>
          <h4>{t('params')}</h4>
          <pre tabIndex={0}>{pretty({ ...Object.fromEntries(Object.entries(params).map(readValue)), ...uploads })}</pre>
        </div>
        <div>
          <h4>{t('answer')}</h4>
          {outcome?.kind === 'withheld' && <p class="hint">{tookEffect ? t('took_effect') : t('no_effect')}</p>}
          <pre tabIndex={0}>{answer}</pre>
        </div>
      </div>
    </div>
  );
}

/** Parameters that are JSON themselves are shown as what they say. */
function readValue([name, value]: [string, string]): [string, unknown] {
  if (!/^[[{]/.test(value)) return [name, value];
  try {
    return [name, JSON.parse(value)];
  } catch {
    return [name, value];
  }
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function exactTime(ms: number): string {
  const format = new Intl.DateTimeFormat(language.value, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  });
  return format.format(ms);
}
