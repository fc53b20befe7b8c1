import type { PresetName } from '../../../src/control/client.js';
import { attempt } from '../state/act.js';
import { client, state } from '../state/sandbox.js';
import { t } from '../text/index.js';
import { Icon } from '../ui/Icon.js';

/** Starts and stops something that goes on for two minutes. */
export function Preset({ name }: { readonly name: PresetName }) {
  const running = state.value?.preset;
  const isRunning = running?.name === name;
  const seconds = isRunning ? Math.max(0, Math.ceil((running.endsAt - (state.value?.now ?? 0)) / 1000)) : 0;
  const toggle = (): void => void attempt(() => (isRunning ? client.presets.stop() : client.presets.start(name)));
  const words = isRunning ? `${t('stop')} · ${t('running', { seconds })}` : t('run');
  return (
    <div class="preset">
      <div class="preset-words">
        <strong>{t(name)}</strong>
        <span class="hint">{t(`${name}_hint`)}</span>
      </div>
      <button type="button" class="button" aria-label={`${words}: ${t(name)}`} onClick={toggle}>
        <Icon name={isRunning ? 'stop' : 'play'} />
        {words}
      </button>
    </div>
  );
}
