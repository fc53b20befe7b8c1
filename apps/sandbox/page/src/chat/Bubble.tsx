import type { ShownMessage } from '../../../src/control/client.js';
import { alertText, act, copyText, tell } from '../state/act.js';
import { bots, state } from '../state/sandbox.js';
import { openComments, unreadComments } from '../state/sides.js';
import { clockTime, t, tCount } from '../text/index.js';
import { nameColour } from '../ui/Avatar.js';
import { Icon } from '../ui/Icon.js';
import { type Chat, isOwn } from './context.js';
import { safeLink, startOf } from './entities.js';
import { Media } from './Media.js';
import { MessageMenu } from './MessageMenu.js';
import { ObjectContent } from './Objects.js';
import { RichText } from './RichText.js';
import type { Row } from './rows.js';
import { wordsOf } from './words.js';

export interface BubbleProps {
  readonly chat: Chat;
  readonly row: Extract<Row, { kind: 'bubble' }>;
}

/** One message, or one album, with everything that belongs to it. */
export function Bubble({ chat, row }: BubbleProps) {
  const { messages, isFirst, isLast } = row;
  const [message] = messages;
  const own = isOwn(chat, message);
  const isNamed = isFirst && !own && chat.place === 'group';
  const classes = [
    'bubble',
    own ? 'own' : 'other',
    isFirst ? 'first' : '',
    isLast ? 'last' : '',
    `kind-${message.kind}`,
  ];
  return (
    <article class={classes.join(' ')} data-message={message.ref.messageId} aria-label={labelOf(message)}>
      <div class="bubble-body">
        {isNamed && <span class={nameColour(message.fromId)}>{message.from}</span>}
        {message.forwardedFrom !== undefined && message.copyOf === undefined && (
          <span class="forwarded">{t('forwarded', { name: message.forwardedFrom })}</span>
        )}
        {message.viaBot !== undefined && <span class="via">{t('via', { name: message.viaBot })}</span>}
        <Answered chat={chat} message={message} />
        <Content chat={chat} messages={messages} />
        <Meta messages={messages} />
        <MessageMenu chat={chat} messages={messages} />
      </div>
      <Reactions message={message} />
      <Buttons chat={chat} message={message} />
      {chat.place === 'channel' && <CommentsLink message={message} />}
    </article>
  );
}

function labelOf(message: ShownMessage): string {
  return `${message.from}, ${clockTime(message.date)}: ${wordsOf(message)}`;
}

type Group = readonly [ShownMessage, ...ShownMessage[]];

/** Text, or files with their caption, which stands below unless its sender put it above. */
function Content({ chat, messages }: { readonly chat: Chat; readonly messages: Group }) {
  const [message] = messages;
  const viewerId = chat.viewer.id;
  if (message.kind === 'text') {
    const isEmoji = /^\p{Extended_Pictographic}(\uFE0F)?$/u.test(message.text);
    return (
      <div class={`words ${isEmoji ? 'emoji-large' : ''}`}>
        <RichText text={message.text} entities={message.entities} viewerId={viewerId} />
      </div>
    );
  }
  if (message.file === undefined) return <ObjectContent message={message} viewerId={viewerId} />;
  const captioned = messages.find(({ caption }) => caption !== '');
  const caption = captioned !== undefined && (
    <div class="words caption">
      <RichText text={captioned.caption} entities={captioned.entities} viewerId={viewerId} />
    </div>
  );
  const isVisual = ['photo', 'video'].includes(message.kind);
  const files = messages.map((item) => (
    <div key={item.ref.messageId} class="album-item" data-message={item.ref.messageId}>
      <Media message={item} />
    </div>
  ));
  const shape = messages.length > 1 ? `album album-${isVisual ? 'grid' : 'list'} count-${messages.length}` : 'single';
  return (
    <>
      {message.isCaptionAbove === true && caption}
      <div class={shape}>{files}</div>
      {message.isCaptionAbove !== true && caption}
    </>
  );
}

/** The message that this one answers; pressed, it comes into view. */
function Answered({ chat, message }: { readonly chat: Chat; readonly message: ShownMessage }) {
  const { replyTo, quote } = message;
  if (replyTo === undefined) return null;
  const found = chat.messages.find(({ ref }) => ref.messageId === replyTo.messageId && ref.chatId === replyTo.chatId);
  // In a thread everything answers the root; that goes without saying.
  if (found?.copyOf !== undefined && quote === undefined && chat.place === 'group') return null;
  const words = quote ?? (found === undefined ? t('deleted_message') : wordsOf(found));
  return (
    <button
      type="button"
      class={`answered colour-${Math.abs(found?.fromId ?? 0) % 7} ${quote === undefined ? '' : 'quoted'}`}
      title={t('jump')}
      onClick={() => {
        chat.target.value = undefined;
        chat.target.value = replyTo.messageId;
      }}
    >
      {found !== undefined && <span class="answered-name">{found.from}</span>}
      <span class="answered-words">{words}</span>
    </button>
  );
}

function Meta({ messages }: { readonly messages: Group }) {
  const last = messages.at(-1) ?? messages[0];
  return (
    <span class="meta">
      {messages.some(({ pinned }) => pinned) && <Icon name="pin" />}
      {messages.some(({ edited }) => edited) && <span class="edited">{t('edited')}</span>}
      <time dateTime={new Date(last.date * 1000).toISOString()}>{clockTime(last.date)}</time>
    </span>
  );
}

function Reactions({ message }: { readonly message: ShownMessage }) {
  if (message.reactions.length === 0) return null;
  return (
    <div class="reactions">
      {message.reactions.map(({ emoji, count }) => (
        <span key={emoji} class="reaction">
          {emoji} {count > 1 && count}
        </span>
      ))}
    </div>
  );
}

function Buttons({ chat, message }: { readonly chat: Chat; readonly message: ShownMessage }) {
  if (message.buttons.length === 0) return null;
  return (
    <div class="buttons">
      {message.buttons.map((row, index) => (
        <div key={index} class="button-row">
          {row.map((text) => (
            <button key={text} type="button" onClick={() => void press(chat, message, text)}>
              {text}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Presses a button and shows what came of it as Telegram's clients do. */
async function press({ viewer, draft }: Chat, message: ShownMessage, button: string): Promise<void> {
  await act(viewer.id, async (person) => {
    const pressed = await person.presses(message.ref, button);
    switch (pressed.kind) {
      case 'answered':
        if (pressed.text !== undefined && pressed.showAlert) alertText.value = pressed.text;
        else if (pressed.text !== undefined && pressed.text !== '') tell(pressed.text);
        if (pressed.url !== undefined) await followLink(viewer.id, pressed.url);
        return;
      case 'unanswered':
        tell(t('button_unanswered'), 'refused');
        return;
      case 'opens':
        return followLink(viewer.id, pressed.url);
      case 'copies':
        return copyText(pressed.text);
      case 'types':
        draft.value = `@${bots.value.find(({ id }) => id === message.authorId)?.username ?? 'bot'} ${pressed.query}`;
        return;
      case 'nothing':
    }
  });
}

async function followLink(viewerId: number, url: string): Promise<void> {
  const start = startOf(url);
  const href = safeLink(url);
  if (start !== undefined) await act(viewerId, (person) => person.starts(start.payload));
  else if (href !== undefined) window.open(href, '_blank', 'noopener,noreferrer');
}

/** Seconds after which a post will hardly get its copy any more. */
const COPY_PATIENCE = 30;

function CommentsLink({ message }: { readonly message: ShownMessage }) {
  if (message.comments === undefined) {
    const isLate = (state.value?.now ?? 0) / 1000 - message.date > COPY_PATIENCE;
    return (
      <div class={`comments-link ${isLate ? 'closed' : 'waiting'}`}>
        <Icon name="comments" />
        {isLate ? t('comments_none') : t('comments_soon')}
      </div>
    );
  }
  const { count } = message.comments;
  const unread = unreadComments(message);
  return (
    <button type="button" class="comments-link" onClick={() => openComments(message)}>
      <Icon name="comments" />
      <span>{count === 0 ? t('leave_comment') : tCount('comments', count)}</span>
      {unread > 0 && (
        <span class="badge" aria-label={tCount('unread', unread)}>
          {unread}
        </span>
      )}
      <Icon name="chevron" />
    </button>
  );
}
