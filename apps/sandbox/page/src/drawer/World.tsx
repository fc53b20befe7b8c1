import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { isSnapshot } from '../../../src/control/client.js';
import { attempt, tell } from '../state/act.js';
import { clearJournal } from '../state/journal.js';
import { client, overview } from '../state/sandbox.js';
import { t } from '../text/index.js';
import { Icon } from '../ui/Icon.js';

const HOUR = 3_600_000;

/** The world as a file, its end and a new beginning, and its time. */
export function WorldCards() {
  const picker = useRef<HTMLInputElement>(null);
  const bot = overview.value?.bot;
  return (
    <div class="cards">
      <section class="card">
        <h3>{t('tab_world')}</h3>
        <p class="hint">{t('world_hint')}</p>
        <div class="card-actions">
          <button type="button" class="button" onClick={() => void attempt(save)}>
            <Icon name="down" />
            {t('save_world')}
          </button>
          <button type="button" class="button" onClick={() => picker.current?.click()}>
            <Icon name="file" />
            {t('load_world')}
          </button>
          <input
            ref={picker}
            type="file"
            accept="application/json,.json"
            hidden
            tabIndex={-1}
            aria-label={t('load_world')}
            onChange={({ currentTarget }) => void load(currentTarget)}
          />
        </div>
      </section>
      <Reset />
      <section class="card">
        <h3>{t('time')}</h3>
        <p class="hint">{t('time_hint')}</p>
        <div class="card-actions">
          {(
            [
              ['forward_hour', 1],
              ['forward_day', 24],
              ['forward_two_days', 49],
            ] as const
          ).map(([label, hours]) => (
            <button
              key={label}
              type="button"
              class="button plain"
              onClick={() => void attempt(() => client.clock.advance(hours * HOUR))}
            >
              {t(label)}
            </button>
          ))}
        </div>
      </section>
      <section class="card">
        <h3>{t('settings_for_desk')}</h3>
        <pre tabIndex={0}>
          {`TELEGRAM_API_ROOT=${location.origin}\nBOT_TOKEN=${bot?.token ?? ''}\nSTAFF_CHANNEL_ID=${overview.value?.channel.id ?? ''}`}
        </pre>
      </section>
    </div>
  );
}

/** Asks once more before everything goes. */
function Reset() {
  const isSure = useSignal(false);
  const press = (): void => {
    if (isSure.value) void attempt(() => client.reset()).then(clearJournal);
    isSure.value = !isSure.value;
  };
  return (
    <section class="card">
      <h3>{t('reset_world')}</h3>
      <p class="hint">{t('reset_hint')}</p>
      <div class="card-actions">
        <button type="button" class="button dangerous" onClick={press}>
          <Icon name="remove" />
          {isSure.value ? t('reset_sure') : t('reset_world')}
        </button>
      </div>
    </section>
  );
}

/** Gives the world to the browser as a download. */
async function save(): Promise<void> {
  const world = JSON.stringify(await client.snapshot());
  const url = URL.createObjectURL(new Blob([world], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `postdesk-world-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.json`;
  link.click();
  URL.revokeObjectURL(url);
}

async function load(input: HTMLInputElement): Promise<void> {
  const [file] = input.files ?? [];
  const text = (await file?.text()) ?? '';
  input.value = '';
  const snapshot = parse(text);
  if (!isSnapshot(snapshot)) {
    tell(t('not_a_world'), 'refused');
    return;
  }
  const isDone = await attempt(() => client.load(snapshot));
  if (isDone) tell(t('loaded'));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
