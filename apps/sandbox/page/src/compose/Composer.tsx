import { useComputed, useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { SendOptions } from '../../../src/control/client/person.js';
import { type Chat, isAdmin, isEditable } from '../chat/context.js';
import { readMarks, writeMarks } from '../chat/marks.js';
import { wordsOf } from '../chat/words.js';
import { act } from '../state/act.js';
import { overview } from '../state/sandbox.js';
import { t } from '../text/index.js';
import { Icon } from '../ui/Icon.js';
import { AttachMenu } from './AttachMenu.js';
import { albumsOf, kindOf } from './albums.js';
import { compositionOf } from './files.js';
import { InlineOffers } from './InlineOffers.js';
import { PendingFiles } from './PendingFiles.js';

export interface ComposerProps {
  readonly chat: Chat;
  readonly placeholder: string;
  /** Files that wait to be sent; also filled by dropping files on the pane. */
  readonly files: Signal<readonly File[]>;
}

/** Where messages are written, answered and edited, and files are attached. */
export function Composer({ chat, placeholder, files }: ComposerProps) {
  const { draft, intent, viewer } = chat;
  const field = useRef<HTMLTextAreaElement>(null);
  const asFiles = useSignal(false);
  const sendAs = useSignal('');
  const canSend = useComputed(() => draft.value.trim() !== '' || files.value.length > 0);
  useEffect(() => beginIntent(chat, field.current), [intent.value]);
  useEffect(() => grow(field.current), [draft.value]);

  const options = (): SendOptions => {
    const { value: wish } = intent;
    const reply =
      wish.kind === 'reply'
        ? { replyTo: wish.message.ref, ...(wish.quote === undefined ? {} : { quote: wish.quote }) }
        : {};
    const as = sendAs.value === '' ? {} : { as: Number(sendAs.value) };
    return { to: chat.to, ...reply, ...as };
  };
  const send = async (): Promise<void> => {
    if (!canSend.value) return;
    const [text, wish] = [draft.value, intent.value];
    const isDone = await act(viewer.id, async (person) => {
      if (wish.kind === 'edit') return person.edits(wish.message.ref, edited(wish.message.kind, text));
      if (files.value.length > 0)
        return sendFiles(person, { files: files.value, text, asFile: asFiles.value, options: options() });
      return person.sends({ kind: 'text', ...readMarks(text) }, options());
    });
    if (!isDone) return;
    draft.value = '';
    files.value = [];
    asFiles.value = false;
    intent.value = { kind: 'write' };
    field.current?.focus();
  };
  const cancel = (): void => {
    if (intent.value.kind === 'edit') draft.value = '';
    intent.value = { kind: 'write' };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    } else if (event.key === 'Escape' && intent.value.kind !== 'write') {
      cancel();
    } else if (event.key === 'ArrowUp' && draft.value === '') {
      const last = chat.messages.findLast((message) => message.authorId === viewer.id && isEditable(chat, message));
      if (last === undefined) return;
      event.preventDefault();
      intent.value = { kind: 'edit', message: last };
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    files.value = [...files.value, ...pasted];
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <InlineOffers chat={chat} field={field} options={options} />
      <IntentBar chat={chat} onCancel={cancel} />
      <PendingFiles files={files} asFiles={asFiles} />
      <div class="composer-row">
        <AttachMenu chat={chat} files={files} options={options} />
        <textarea
          ref={field}
          rows={1}
          value={draft.value}
          placeholder={placeholder}
          aria-label={placeholder}
          onInput={({ currentTarget }) => {
            draft.value = currentTarget.value;
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        {chat.place === 'group' && isAdmin(chat) && <SendAs chat={chat} chosen={sendAs} />}
        <button
          type="submit"
          class="round-button send"
          aria-label={intent.value.kind === 'edit' ? t('save') : t('send')}
          disabled={!canSend.value}
        >
          <Icon name={intent.value.kind === 'edit' ? 'check' : 'send'} />
        </button>
      </div>
    </form>
  );
}

interface Sent {
  readonly files: readonly File[];
  readonly text: string;
  readonly asFile: boolean;
  readonly options: SendOptions;
}

/** Sends files as albums where they fit together; the first one carries the caption. */
async function sendFiles(
  person: Parameters<Parameters<typeof act>[1]>[0],
  { files, text, asFile, options }: Sent,
): Promise<void> {
  const groups = albumsOf(files.map((file) => ({ file, kind: kindOf(file, asFile) })));
  for (const [index, group] of groups.entries()) {
    const items = await Promise.all(group.map(({ file }) => compositionOf(file, { asFile })));
    const { text: caption, entities } = readMarks(text);
    if (index === 0 && items[0] !== undefined && caption !== '')
      Object.assign(items[0], { caption, captionEntities: entities });
    const [only] = items;
    if (items.length > 1) await person.sendsAlbum(items, options);
    else if (only !== undefined) await person.sends(only, options);
  }
}

/** A text is replaced with its formatting, a caption by its words. */
function edited(kind: string, text: string): Parameters<Parameters<Parameters<typeof act>[1]>[0]['edits']>[1] {
  return kind === 'text' ? { kind: 'text', ...readMarks(text) } : text;
}

/** An answer puts the cursor into the field; an edit the old words too. */
function beginIntent({ intent, draft }: Chat, field: HTMLTextAreaElement | null): void {
  const { value: wish } = intent;
  if (wish.kind === 'write') return;
  if (wish.kind === 'edit') {
    const { text, caption, entities } = wish.message;
    draft.value = wish.message.kind === 'text' ? writeMarks(text, entities) : caption;
  }
  field?.focus();
}

function grow(field: HTMLTextAreaElement | null): void {
  if (field === null) return;
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
}

function IntentBar({ chat, onCancel }: { readonly chat: Chat; readonly onCancel: () => void }) {
  const { value: intent } = chat.intent;
  if (intent.kind === 'write') return null;
  const { message } = intent;
  const words = intent.kind === 'reply' && intent.quote !== undefined ? `“${intent.quote}”` : wordsOf(message);
  return (
    <div class="intent">
      <Icon name={intent.kind} />
      <span class="intent-words">
        <span class="answered-name">
          {intent.kind === 'edit' ? t('editing') : t('replying', { name: message.from })}
        </span>
        <span class="answered-words">{words}</span>
      </span>
      <button type="button" class="icon-button" aria-label={t('cancel')} onClick={onCancel}>
        <Icon name="close" />
      </button>
    </div>
  );
}

/** Admins may speak as the group, which hides who they are, or as the channel. */
function SendAs({ chat, chosen }: { readonly chat: Chat; readonly chosen: Signal<string> }) {
  const ids = overview.value;
  if (ids === undefined) return null;
  return (
    <select
      class="send-as"
      aria-label={t('send_as')}
      title={t('send_as')}
      value={chosen.value}
      onChange={({ currentTarget }) => {
        chosen.value = currentTarget.value;
      }}
    >
      <option value="">{chat.viewer.isAnonymous ? ids.group.title : t('send_as_self')}</option>
      {!chat.viewer.isAnonymous && <option value={ids.group.id}>{ids.group.title}</option>}
      <option value={ids.channel.id}>{ids.channel.title}</option>
    </select>
  );
}
