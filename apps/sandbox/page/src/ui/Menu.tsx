import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { Icon, type IconName } from './Icon.js';

export interface MenuItem {
  readonly label: string;
  readonly icon: IconName;
  readonly run: () => void;
  readonly isDangerous?: boolean;
}

export interface MenuProps {
  readonly label: string;
  readonly icon?: IconName;
  readonly items: readonly MenuItem[];
  readonly class?: string;
  /** A row of small choices above the items: reactions. */
  readonly row?: readonly { readonly label: string; readonly text: string; readonly run: () => void }[];
}

/** A button that opens a list of things to do. Arrow keys move in it, Escape closes it. */
export function Menu({ label, icon = 'more', items, row = [], class: extra = '' }: MenuProps) {
  const isOpen = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const close = (): void => {
    isOpen.value = false;
  };
  useEffect(() => {
    if (!isOpen.value) return;
    place(list.current, root.current);
    buttons(list.current)[0]?.focus();
    const outside = ({ target }: Event): void => {
      if (!(target instanceof Node && root.current?.contains(target) === true)) close();
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [isOpen.value]);
  const choose = (run: () => void) => () => {
    close();
    root.current?.querySelector('button')?.focus();
    run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOpen.value) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
      root.current?.querySelector('button')?.focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = buttons(list.current);
    const at = all.findIndex((button) => button === document.activeElement);
    all[(at + step + all.length) % all.length]?.focus();
  };
  return (
    <div class={`menu ${extra}`} ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        class="icon-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <Icon name={icon} />
      </button>
      {isOpen.value && (
        <div class="menu-list" role="menu" aria-label={label} ref={list}>
          {row.length > 0 && (
            <div class="menu-row" role="none">
              {row.map((choice) => (
                <button
                  key={choice.text}
                  type="button"
                  role="menuitem"
                  aria-label={choice.label}
                  title={choice.label}
                  onClick={choose(choice.run)}
                >
                  {choice.text}
                </button>
              ))}
            </div>
          )}
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              class={item.isDangerous === true ? 'dangerous' : ''}
              onClick={choose(item.run)}
            >
              <Icon name={item.icon} />
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function buttons(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
}

/** Keeps the list inside the window: below the button when there is room, else above. */
function place(list: HTMLElement | null, root: HTMLElement | null): void {
  if (list === null || root === null) return;
  const button = root.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const left = Math.max(8, Math.min(button.right - width, innerWidth - width - 8));
  const below = button.bottom + 4;
  const top = below + height > innerHeight - 8 ? Math.max(8, button.top - height - 4) : below;
  list.style.left = `${left}px`;
  list.style.top = `${top}px`;
}
