import { useSignal } from '@preact/signals';
import type { RosterEntry } from '../../../src/control/client.js';
import type { Chat } from '../chat/context.js';
import { Conversation } from '../chat/Conversation.js';
import { Composer } from '../compose/Composer.js';
import { act } from '../state/act.js';
import { customer, messagesOf, overview, privateChat } from '../state/sandbox.js';
import { t } from '../text/index.js';
import { Avatar } from '../ui/Avatar.js';
import { Menu, type MenuItem } from '../ui/Menu.js';
import { unsentIn } from './chats.js';
import { DeepLink } from './DeepLink.js';
import { Empty, Heading, Pane } from './Pane.js';
import { Profile } from './Profile.js';

/** The customer's phone: the private chat with the bot. */
export function CustomerPane() {
  const viewer = customer.value;
  const bot = overview.value?.bot;
  if (viewer === undefined || bot === undefined) return <section class="pane" aria-label={t('tab_customer')} />;
  const { files, ...unsent } = unsentIn(`private ${viewer.id}`);
  const chat: Chat = {
    viewer,
    place: 'private',
    to: { kind: 'bot' },
    chatId: viewer.id,
    messages: messagesOf(privateChat.value),
    ...unsent,
  };
  const start = (): void => void act(viewer.id, (person) => person.starts());
  return (
    <Pane
      name="customer"
      label={t('tab_customer')}
      files={files}
      head={
        <>
          <Heading
            icon={<Avatar id={bot.id} name={bot.firstName} />}
            title={bot.firstName}
            words={`@${bot.username}`}
          />
          <CustomerMenu viewer={viewer} />
        </>
      }
    >
      <Conversation
        key={viewer.id}
        chat={chat}
        label={bot.firstName}
        empty={
          <Empty icon="phone" title={t('empty_private')} hint={t('empty_private_hint')}>
            <button type="button" class="button" onClick={start}>
              {t('start')}
            </button>
          </Empty>
        }
      />
      {viewer.chat.isBlocked ? (
        <div class="composer bar">
          <span>{t('blocked')}</span>
          <button type="button" class="button" onClick={() => void act(viewer.id, (person) => person.unblocks())}>
            {t('unblock')}
          </button>
        </div>
      ) : (
        <Composer key={viewer.id} chat={chat} files={files} placeholder={t('write')} />
      )}
    </Pane>
  );
}

function CustomerMenu({ viewer }: { readonly viewer: RosterEntry }) {
  const dialog = useSignal<'none' | 'link' | 'profile'>('none');
  const close = (): void => {
    dialog.value = 'none';
  };
  const items: MenuItem[] = [
    { label: t('start'), icon: 'play', run: () => void act(viewer.id, (person) => person.starts()) },
    {
      label: t('deep_link'),
      icon: 'link',
      run: () => {
        dialog.value = 'link';
      },
    },
    {
      label: t('profile'),
      icon: 'person',
      run: () => {
        dialog.value = 'profile';
      },
    },
    viewer.chat.isBlocked
      ? { label: t('unblock'), icon: 'check', run: () => void act(viewer.id, (person) => person.unblocks()) }
      : {
          label: t('block'),
          icon: 'stop',
          isDangerous: true,
          run: () => void act(viewer.id, (person) => person.blocks()),
        },
    {
      label: t('delete_account'),
      icon: 'remove',
      isDangerous: true,
      run: () => void act(viewer.id, (person) => person.disappears()),
    },
  ];
  return (
    <>
      <Menu label={t('chat_menu')} items={items} />
      {dialog.value === 'link' && <DeepLink viewer={viewer} onClose={close} />}
      {dialog.value === 'profile' && <Profile person={viewer} onClose={close} />}
    </>
  );
}
