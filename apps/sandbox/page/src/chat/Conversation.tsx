import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { dayName, t } from '../text/index.js';
import { Icon } from '../ui/Icon.js';
import { Bubble } from './Bubble.js';
import type { Chat } from './context.js';
import { rowsOf } from './rows.js';
import { serviceWords, wordsOf } from './words.js';

export interface ConversationProps {
  readonly chat: Chat;
  readonly label: string;
  /** What stands in the place of messages while there are none. */
  readonly empty: ComponentChildren;
  /** What stands behind the last message. */
  readonly below?: ComponentChildren;
}

/** Pixels from the end within which a reader wants to go on reading at the end. */
const NEAR_END = 80;

/** The messages of a chat. Stays at the end while the reader is there. */
export function Conversation({ chat, label, empty, below }: ConversationProps) {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useSignal(true);
  const lastTop = useRef(0);
  const { messages, target } = chat;
  useLayoutEffect(() => {
    const box = list.current;
    if (box !== null && isAtEnd.value) box.scrollTop = box.scrollHeight;
  }, [messages]);
  // Pictures that load, and a window that changes, move the end.
  useEffect(() => {
    const box = list.current;
    const [content] = box?.children ?? [];
    if (box === null || content === undefined) return;
    const observer = new ResizeObserver(() => {
      if (isAtEnd.value) box.scrollTop = box.scrollHeight;
    });
    observer.observe(content);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (target.value !== undefined) flash(list.current, target.value);
  }, [target.value]);
  const toEnd = (): void => {
    list.current?.scrollTo({ top: list.current.scrollHeight, behavior: 'smooth' });
  };
  const pinned = messages.findLast((message) => message.pinned && message.copyOf === undefined);
  return (
    <div class="conversation">
      {pinned !== undefined && (
        <button
          type="button"
          class="pinned-bar"
          onClick={() => {
            target.value = undefined;
            target.value = pinned.ref.messageId;
          }}
        >
          <Icon name="pin" />
          <span class="answered-name">{t('pinned')}</span>
          <span class="answered-words">{wordsOf(pinned)}</span>
        </button>
      )}
      <div
        class="messages"
        role="log"
        aria-label={label}
        tabIndex={0}
        ref={list}
        onScroll={({ currentTarget: box }) => {
          const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
          // Only who scrolls back leaves the end: pictures that load move it away from under the reader.
          if (isNear) isAtEnd.value = true;
          else if (box.scrollTop < lastTop.current) isAtEnd.value = false;
          lastTop.current = box.scrollTop;
        }}
      >
        <div class="messages-inside">
          {messages.length === 0 && empty}
          {rowsOf(messages).map((row) => {
            switch (row.kind) {
              case 'day':
                return (
                  <div key={row.key} class="day">
                    {dayName(row.date)}
                  </div>
                );
              case 'service':
                return (
                  <div key={row.key} class="service" data-message={row.message.ref.messageId}>
                    {serviceWords(row.message)}
                  </div>
                );
              case 'bubble':
                return <Bubble key={row.key} chat={chat} row={row} />;
            }
          })}
          {below}
        </div>
      </div>
      {!isAtEnd.value && (
        <button type="button" class="round-button to-end" aria-label={t('to_bottom')} onClick={toEnd}>
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}

/** Brings a message into view and lights it up for a moment. */
function flash(list: HTMLElement | null, messageId: number): void {
  const found = list?.querySelector(`[data-message="${messageId}"]`);
  if (found === null || found === undefined) return;
  found.scrollIntoView({ block: 'center', behavior: 'smooth' });
  found.classList.add('flash');
  found.addEventListener('animationend', () => found.classList.remove('flash'), { once: true });
}
