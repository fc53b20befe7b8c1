import { useSignal } from '@preact/signals';
import type { FaultRequest } from '../../../src/control/protocol/faults.js';
import { attempt } from '../state/act.js';
import { client, state } from '../state/sandbox.js';
import { t, tCount } from '../text/index.js';
import { Field } from '../ui/Field.js';
import { Icon } from '../ui/Icon.js';
import { AutoForward } from './AutoForward.js';
import { Preset } from './Preset.js';

type Effect = FaultRequest['effect'];

const EFFECTS = {
  fault_429: { kind: 'too_many_requests', seconds: 5 },
  fault_500: { kind: 'error', code: 500, description: 'Internal Server Error' },
  fault_403: { kind: 'error', code: 403, description: 'Forbidden: bot was blocked by the user' },
  fault_timeout: { kind: 'timeout' },
  fault_reset: { kind: 'reset' },
  fault_cut: { kind: 'cut' },
  fault_html: { kind: 'html' },
  fault_slow: { kind: 'slow', ms: 3000 },
} as const satisfies Record<string, Effect>;

type EffectName = keyof typeof EFFECTS;
const NAMES: readonly EffectName[] = [
  'fault_429',
  'fault_500',
  'fault_403',
  'fault_timeout',
  'fault_reset',
  'fault_cut',
  'fault_html',
  'fault_slow',
];

const NETWORKS = ['up', 'hang', 'refuse'] as const;

/** What can go wrong between a bot and Telegram, on demand. */
export function Faults() {
  return (
    <div class="cards">
      <section class="card wide">
        <h3>{t('next_call')}</h3>
        <AddFault />
        <h3>{t('faults_waiting')}</h3>
        <Waiting />
      </section>
      <section class="card">
        <h3>{t('network')}</h3>
        <div class="radios" role="radiogroup" aria-label={t('network')}>
          {NETWORKS.map((network) => (
            <label key={network} class="check">
              <input
                type="radio"
                name="network"
                checked={state.value?.network === network}
                onChange={() =>
                  void attempt(() => (network === 'up' ? client.network.resume() : client.network.pause(network)))
                }
              />
              {t(`network_${network}`)}
            </label>
          ))}
        </div>
        <Preset name="flaky_network" />
      </section>
      <section class="card">
        <h3>{t('auto_forward')}</h3>
        <AutoForward />
      </section>
    </div>
  );
}

function AddFault() {
  const name = useSignal<EffectName>('fault_500');
  const when = useSignal<'before' | 'after'>('before');
  const method = useSignal('');
  const times = useSignal('1');
  const add = (): void => {
    const match = method.value.trim() === '' ? {} : { match: { method: method.value.trim() } };
    const next = Math.max(1, Math.floor(Number(times.value)) || 1);
    void attempt(() => client.faults.add({ effect: EFFECTS[name.value], when: when.value, next, ...match }));
  };
  return (
    <form
      class="fields"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <label class="field">
        <span>{t('fault_what')}</span>
        <select
          value={name.value}
          onChange={({ currentTarget }) => {
            name.value = NAMES.find((known) => known === currentTarget.value) ?? 'fault_500';
          }}
        >
          {NAMES.map((known) => (
            <option key={known} value={known}>
              {t(known)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{t('fault_when')}</span>
        <select
          value={when.value}
          onChange={({ currentTarget }) => {
            when.value = currentTarget.value === 'after' ? 'after' : 'before';
          }}
        >
          <option value="before">{t('fault_before')}</option>
          <option value="after">{t('fault_after')}</option>
        </select>
      </label>
      <Field label={t('fault_method')} value={method} placeholder="sendMessage" />
      <Field label={t('fault_times')} value={times} />
      <button type="submit" class="button">
        {t('add_fault')}
      </button>
    </form>
  );
}

function Waiting() {
  const rules = state.value?.faults ?? [];
  if (rules.length === 0) return <p class="hint">{t('no_faults')}</p>;
  return (
    <ul class="rules">
      {rules.map(({ id, effect, when, match, next }) => (
        <li key={id} class="rule">
          <span>
            <strong>{match.method ?? t('any_method')}</strong> {effectWords(effect)}, {t(`fault_${when}`)} ·{' '}
            {tCount('times', next)}
          </span>
          <button
            type="button"
            class="icon-button"
            aria-label={t('remove_fault')}
            onClick={() => void attempt(() => client.faults.clear(id))}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function effectWords(effect: Effect): string {
  switch (effect.kind) {
    case 'error':
      return `${effect.code} ${effect.description}`;
    case 'too_many_requests':
      return `429, ${effect.seconds} s`;
    case 'slow':
      return `${effect.ms} ms`;
    case 'timeout':
    case 'reset':
    case 'cut':
    case 'html':
      return t(`fault_${effect.kind}`);
    case 'empty':
    case 'unnumbered':
      return effect.kind;
  }
}
