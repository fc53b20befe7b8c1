import { attempt } from '../state/act.js';
import { client, state } from '../state/sandbox.js';
import { t } from '../text/index.js';

const TIMINGS = ['after_delay', 'before_answer', 'with_answer', 'lost', 'twice'] as const;

/** When, and whether, the copy of a post appears in the discussion group. */
export function AutoForward() {
  const settings = state.value?.autoForward;
  if (settings === undefined) return null;
  const setTiming = (value: string): void => {
    const timing = TIMINGS.find((known) => known === value);
    if (timing !== undefined) void attempt(() => client.autoForward.set({ timing }));
  };
  return (
    <div class="fields">
      <label class="field">
        <span>{t('forward_timing')}</span>
        <select value={settings.timing} onChange={({ currentTarget }) => setTiming(currentTarget.value)}>
          {TIMINGS.map((timing) => (
            <option key={timing} value={timing}>
              {t(`forward_${timing}`)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{t('delay')}</span>
        <input
          type="number"
          min={0}
          max={600}
          step={0.5}
          value={settings.delayMs / 1000}
          onChange={({ currentTarget }) =>
            void attempt(() =>
              client.autoForward.set({ delayMs: Math.max(0, currentTarget.valueAsNumber || 0) * 1000 }),
            )
          }
        />
      </label>
    </div>
  );
}
