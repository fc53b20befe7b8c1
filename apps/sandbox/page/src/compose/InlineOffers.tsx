import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { SendOptions } from '../../../src/control/client/person.js';
import type { Offer, OfferedResult } from '../../../src/control/protocol/queries.js';
import type { Chat } from '../chat/context.js';
import { kindName } from '../chat/words.js';
import { act } from '../state/act.js';
import { actor, bots } from '../state/sandbox.js';
import { t } from '../text/index.js';
import { Avatar } from '../ui/Avatar.js';
import { Icon } from '../ui/Icon.js';

export interface InlineOffersProps {
  readonly chat: Chat;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly options: () => SendOptions;
}

type Answer =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking'; readonly bot: string }
  | { readonly kind: 'offered'; readonly bot: string; readonly offer: Offer };

/** Milliseconds after the last key until the bot is asked, as clients wait. */
const TYPING_PAUSE_MS = 250;

/** What a bot offers while `@bot words` is typed: its own answers, asked for at each pause. */
export function InlineOffers({ chat, field, options }: InlineOffersProps) {
  const answer = useSignal<Answer>({ kind: 'none' });
  const chosen = useSignal(0);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const { draft, viewer } = chat;
  const username = addressed(draft.value);

  useEffect(() => {
    if (username === undefined) {
      answer.value = { kind: 'none' };
      return;
    }
    if (answer.value.kind === 'none') answer.value = { kind: 'asking', bot: username };
    const text = draft.value;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void act(viewer.id, async () => {
        const person = await actor(viewer.id);
        const offer = await person.types(text, chat.place === 'private' ? {} : { in: chat.chatId });
        if (!isCurrent) return;
        answer.value = { kind: 'offered', bot: username, offer };
        chosen.value = 0;
      });
    }, TYPING_PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [draft.value, username, viewer.id, chat.chatId]);

  const results = answer.value.kind === 'offered' ? answer.value.offer.results : [];
  const pick = (result: OfferedResult): void => {
    const { to, replyTo } = options();
    const where = { ...(to === undefined ? {} : { to }), ...(replyTo === undefined ? {} : { replyTo }) };
    void act(viewer.id, (person) => person.picks(result, where)).then((isDone) => {
      if (!isDone) return;
      draft.value = '';
      chat.intent.value = { kind: 'write' };
      field.current?.focus();
    });
  };

  useEffect(() => {
    const input = field.current;
    if (input === null || answer.value.kind === 'none') return;
    const onKeyDown = (event: KeyboardEvent): void => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const result = results[chosen.value];
      if (step !== undefined && results.length > 0) {
        event.preventDefault();
        chosen.value = (chosen.value + step + results.length) % results.length;
        list.current
          ?.querySelector(`#${CSS.escape(`${listId}-${chosen.value}`)}`)
          ?.scrollIntoView({ block: 'nearest' });
      } else if (event.key === 'Enter' && !event.shiftKey && result !== undefined) {
        event.preventDefault();
        pick(result);
      } else if (event.key === 'Escape') {
        event.preventDefault();
        draft.value = '';
      }
    };
    input.addEventListener('keydown', onKeyDown, { capture: true });
    return () => input.removeEventListener('keydown', onKeyDown, { capture: true });
  });

  if (answer.value.kind === 'none') return null;
  return (
    <div class="offers" ref={list}>
      <OffersHead answer={answer.value} viewerId={viewer.id} />
      <div role="listbox" aria-label={t('inline_results')} class="offers-list">
        {results.map((result, index) => (
          <div
            key={result.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen.value}
            class="offer"
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => pick(result)}
          >
            <Avatar id={index} name={result.title ?? result.text} />
            <span class="file-words">
              <span class="file-name">{result.title ?? kindName(result.type)}</span>
              <span class="file-size">{result.description ?? result.text}</span>
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}

/** The bot whose name the text begins with, when something follows it. */
function addressed(text: string): string | undefined {
  const [, name = ''] = /^@(\w+)\s/.exec(text) ?? [];
  return bots.value.find(({ username }) => username.toLowerCase() === name.toLowerCase())?.username;
}

function OffersHead({
  answer,
  viewerId,
}: {
  readonly answer: Exclude<Answer, { kind: 'none' }>;
  readonly viewerId: number;
}) {
  const name = answer.bot;
  if (answer.kind === 'asking') return <p class="offers-note">{t('inline_asking', { name })}</p>;
  const { answered, results, button } = answer.offer;
  const payload = button?.startParameter;
  if (button !== undefined) {
    return (
      <button
        type="button"
        class="offers-button"
        onClick={() => void act(viewerId, (person) => person.starts(payload, botId(name)))}
      >
        <Icon name="link" />
        {button.text}
      </button>
    );
  }
  if (!answered) return <p class="offers-note">{t('inline_unanswered', { name })}</p>;
  return results.length === 0 ? <p class="offers-note">{t('inline_nothing', { name })}</p> : null;
}

function botId(username: string): number | undefined {
  return bots.value.find((bot) => bot.username === username)?.id;
}
