import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { t } from '../text/index.js';
import { Icon, type IconName } from '../ui/Icon.js';

export interface PaneProps {
  readonly name: 'customer' | 'channel' | 'thread';
  readonly label: string;
  readonly head: ComponentChildren;
  readonly children: ComponentChildren;
  /** Takes the files that are dropped on the pane, where files can be sent. */
  readonly files?: Signal<readonly File[]> | undefined;
}

/** One of the three columns: a head, a chat, and what stands below it. */
export function Pane({ name, label, head, children, files }: PaneProps) {
  const isOver = useSignal(false);
  const over = (event: DragEvent): void => {
    if (files === undefined || event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    isOver.value = true;
  };
  const drop = (event: DragEvent): void => {
    isOver.value = false;
    if (files === undefined) return;
    event.preventDefault();
    files.value = [...files.value, ...(event.dataTransfer?.files ?? [])];
  };
  return (
    <section
      class={`pane pane-${name}`}
      aria-label={label}
      onDragOver={over}
      onDragLeave={() => {
        isOver.value = false;
      }}
      onDrop={drop}
    >
      <header class="pane-head">{head}</header>
      {children}
      {isOver.value && <div class="drop">{t('drop')}</div>}
    </section>
  );
}

export interface HeadingProps {
  readonly icon: ComponentChildren;
  readonly title: string;
  readonly words: string;
}

export function Heading({ icon, title, words }: HeadingProps) {
  return (
    <>
      {icon}
      <div class="heading">
        <h2>{title}</h2>
        <span class="heading-words">{words}</span>
      </div>
    </>
  );
}

export interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly hint?: string;
  readonly children?: ComponentChildren;
}

/** What stands where nothing is yet, and what to do about it. */
export function Empty({ icon, title, hint, children }: EmptyProps) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} />
      </span>
      <strong>{title}</strong>
      {hint !== undefined && <p>{hint}</p>}
      {children}
    </div>
  );
}
