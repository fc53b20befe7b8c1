import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ShownMessage } from '../../../src/control/client.js';
import { compositionOf } from '../compose/files.js';
import { act, copyText } from '../state/act.js';
import { t } from '../text/index.js';
import { Menu, type MenuItem } from '../ui/Menu.js';
import { type Chat, isAdmin, isEditable } from './context.js';
import { ForwardDialog } from './ForwardDialog.js';
import { writeMarks } from './marks.js';

const REACTIONS = ['👍', '❤️', '🔥', '🙏', '😁'];

export interface MessageMenuProps {
  readonly chat: Chat;
  readonly messages: readonly [ShownMessage, ...ShownMessage[]];
}

/** What the viewer can do with a message, or with an album. */
export function MessageMenu({ chat, messages }: MessageMenuProps) {
  const isForwarding = useSignal(false);
  const picker = useRef<HTMLInputElement>(null);
  const [message] = messages;
  const items = itemsFor(chat, messages, {
    forward: () => {
      isForwarding.value = true;
    },
    replace: () => picker.current?.click(),
  });
  return (
    <>
      <Menu
        class="message-menu"
        label={t('menu')}
        items={items}
        row={REACTIONS.map((emoji) => ({
          label: t('react', { emoji }),
          text: emoji,
          run: () => void act(chat.viewer.id, (person) => person.reacts(message.ref, emoji.replace('\uFE0F', ''))),
        }))}
      />
      <input
        ref={picker}
        type="file"
        hidden
        tabIndex={-1}
        aria-label={t('replace_media')}
        onChange={({ currentTarget }) => void replace(chat, message, currentTarget)}
      />
      {isForwarding.value && (
        <ForwardDialog
          messages={messages}
          onClose={() => {
            isForwarding.value = false;
          }}
        />
      )}
    </>
  );
}

interface Openers {
  readonly forward: () => void;
  readonly replace: () => void;
}

function itemsFor(chat: Chat, messages: readonly [ShownMessage, ...ShownMessage[]], open: Openers): MenuItem[] {
  const [message] = messages;
  const withWords = messages.find(({ caption }) => caption !== '') ?? message;
  const words = withWords.text || withWords.caption;
  const canWrite = chat.place !== 'channel' || isAdmin(chat);
  const refs = messages.map(({ ref }) => ref);
  const items: (MenuItem | false)[] = [
    canWrite && { label: t('reply'), icon: 'reply', run: () => reply(chat, message) },
    isEditable(chat, withWords) && { label: t('edit'), icon: 'edit', run: () => edit(chat, withWords) },
    isEditable(chat, message) &&
      message.file !== undefined && { label: t('replace_media'), icon: 'photo', run: open.replace },
    !message.isProtected && { label: t('forward'), icon: 'forward', run: open.forward },
    words !== '' && {
      label: t('copy_text'),
      icon: 'copy',
      run: () => void copyText(writeMarks(words, withWords.entities)),
    },
    isAdmin(chat) && pinItem(chat, message),
    (isAdmin(chat) || message.authorId === chat.viewer.id) && {
      label: t('delete'),
      icon: 'remove',
      isDangerous: true,
      run: () => void act(chat.viewer.id, (person) => person.deletes(refs)),
    },
  ];
  return items.filter((item) => item !== false);
}

function pinItem({ viewer }: Chat, { ref, pinned }: ShownMessage): MenuItem {
  return {
    label: pinned ? t('unpin') : t('pin'),
    icon: 'pin',
    run: () => void act(viewer.id, (person) => (pinned ? person.unpins(ref) : person.pins(ref))),
  };
}

/** Answers; the words that are selected in the message are quoted. */
function reply({ intent }: Chat, message: ShownMessage): void {
  const selected = lastSelection.trim();
  const isQuote = selected !== '' && (message.text || message.caption).includes(selected);
  intent.value = { kind: 'reply', message, quote: isQuote ? selected : undefined };
}

function edit({ intent }: Chat, message: ShownMessage): void {
  intent.value = { kind: 'edit', message };
}

async function replace({ viewer }: Chat, message: ShownMessage, input: HTMLInputElement): Promise<void> {
  const [file] = input.files ?? [];
  input.value = '';
  if (file === undefined) return;
  const content = await compositionOf(file, { asFile: false });
  const captioned = 'caption' in message ? { caption: message.caption, captionEntities: message.entities } : {};
  await act(viewer.id, (person) => person.edits(message.ref, { ...content, ...captioned }));
}

/** What was selected before the menu took the focus, which ends the selection in some browsers. */
let lastSelection = '';
document.addEventListener('selectionchange', () => {
  const selection = document.getSelection()?.toString() ?? '';
  const isInMenu = document.activeElement?.closest('.menu') !== null;
  if (selection !== '' || !isInMenu) lastSelection = selection;
});
