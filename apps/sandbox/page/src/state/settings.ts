import { effect, signal } from '@preact/signals';

export type Theme = 'auto' | 'light' | 'dark';
export type Language = 'en' | 'pt';
export type Tab = 'customer' | 'channel' | 'thread';
export type DrawerTab = 'calls' | 'limits' | 'faults' | 'world';

/** What this browser keeps from visit to visit. */
function kept(name: string, fallback: string): string {
  try {
    return localStorage.getItem(`postdesk.${name}`) ?? fallback;
  } catch {
    return fallback;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`postdesk.${name}`, value);
  } catch {
    // A browser that keeps nothing for pages: settings last as long as the page.
  }
}

const themes: readonly Theme[] = ['auto', 'light', 'dark'];
const browserLanguage: Language = navigator.language.startsWith('pt') ? 'pt' : 'en';

export const language = signal<Language>(kept('language', browserLanguage) === 'pt' ? 'pt' : 'en');
export const theme = signal<Theme>(themes.find((name) => name === kept('theme', 'auto')) ?? 'auto');
export const isGuideShown = signal(kept('guide', 'shown') === 'shown');
/** Which pane a phone shows. */
export const tab = signal<Tab>('customer');
export const isDrawerOpen = signal(false);
export const drawerTab = signal<DrawerTab>('calls');

export function nextTheme(): void {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'auto';
}

effect(() => {
  keep('language', language.value);
  document.documentElement.lang = language.value;
});
effect(() => {
  keep('theme', theme.value);
  document.documentElement.dataset['theme'] = theme.value;
});
effect(() => {
  keep('guide', isGuideShown.value ? 'shown' : 'hidden');
});
