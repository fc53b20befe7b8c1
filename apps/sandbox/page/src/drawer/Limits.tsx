import { attempt } from '../state/act.js';
import { client, gauges, state } from '../state/sandbox.js';
import { t } from '../text/index.js';
import { Preset } from './Preset.js';

/** How much of Telegram's patience is left in each chat. */
export function Limits() {
  const isOn = state.value?.limits.isOn === true;
  return (
    <div class="cards">
      <section class="card">
        <label class="check strong">
          <input
            type="checkbox"
            role="switch"
            checked={isOn}
            onChange={({ currentTarget }) => void attempt(() => client.limits.set({ isOn: currentTarget.checked }))}
          />
          {t('limits_on')}
        </label>
        <p class="hint">{t('limits_hint')}</p>
        <ul class="gauges">
          {gauges.value.map(({ chatId, title, used, limit, windowMs }) => (
            <li key={chatId} class="gauge">
              <span class="gauge-name">{title}</span>
              <meter
                min={0}
                max={limit}
                high={limit * 0.8}
                optimum={0}
                value={Math.min(used, limit)}
                aria-label={`${title}: ${t('gauge', { used, limit })}`}
              />
              <span class="gauge-words">
                {used} / {limit} · {Math.round(windowMs / 1000)} s
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section class="card">
        <h3>{t('presets')}</h3>
        <Preset name="busy_morning" />
      </section>
    </div>
  );
}
