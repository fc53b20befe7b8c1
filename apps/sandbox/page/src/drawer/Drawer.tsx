import type { JSX } from 'preact';
import { type DrawerTab, drawerTab, isDrawerOpen } from '../state/settings.js';
import { t } from '../text/index.js';
import { Icon } from '../ui/Icon.js';
import { Faults } from './Faults.js';
import { Journal } from './Journal.js';
import { Limits } from './Limits.js';
import { WorldCards } from './World.js';

const TABS: Readonly<Record<DrawerTab, () => JSX.Element>> = {
  calls: Journal,
  limits: Limits,
  faults: Faults,
  world: WorldCards,
};
const ORDER: readonly DrawerTab[] = ['calls', 'limits', 'faults', 'world'];

/** What Telegram hides: calls, limits, faults, and the world itself. */
export function Drawer() {
  if (!isDrawerOpen.value) return null;
  const Content = TABS[drawerTab.value];
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step === undefined ? undefined : ORDER.at((ORDER.indexOf(drawerTab.value) + step) % ORDER.length);
    if (next === undefined) return;
    drawerTab.value = next;
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <aside class="drawer" aria-label={t('drawer')}>
      <div class="drawer-head">
        <div class="tabs" role="tablist" aria-label={t('drawer')} onKeyDown={move}>
          {ORDER.map((name) => (
            <button
              key={name}
              id={`tab-${name}`}
              type="button"
              role="tab"
              aria-selected={drawerTab.value === name}
              aria-controls="drawer-content"
              tabIndex={drawerTab.value === name ? 0 : -1}
              onClick={() => {
                drawerTab.value = name;
              }}
            >
              {t(`tab_${name}`)}
            </button>
          ))}
        </div>
        <button
          type="button"
          class="icon-button"
          aria-label={t('drawer_close')}
          onClick={() => {
            isDrawerOpen.value = false;
          }}
        >
          <Icon name="close" />
        </button>
      </div>
      <div id="drawer-content" class="drawer-content" role="tabpanel" aria-labelledby={`tab-${drawerTab.value}`}>
        <Content />
      </div>
    </aside>
  );
}
