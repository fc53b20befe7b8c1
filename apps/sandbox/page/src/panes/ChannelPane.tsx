import { type Chat, isAdmin } from '../chat/context.js';
import { Conversation } from '../chat/Conversation.js';
import { Composer } from '../compose/Composer.js';
import { act } from '../state/act.js';
import { agent, channelChat, messagesOf, overview } from '../state/sandbox.js';
import { t } from '../text/index.js';
import { Avatar } from '../ui/Avatar.js';
import { unsentIn } from './chats.js';
import { Empty, Heading, Pane } from './Pane.js';
import { shownName } from './people.js';
import { TeamMenu } from './TeamMenu.js';

/** The staff channel: one post per customer. */
export function ChannelPane() {
  const viewer = agent.value;
  const channel = overview.value?.channel;
  if (viewer === undefined || channel === undefined) return <section class="pane" aria-label={t('tab_channel')} />;
  const { files, ...unsent } = unsentIn(`channel ${viewer.id}`);
  const chat: Chat = {
    viewer,
    place: 'channel',
    to: { kind: 'chat', chatId: channel.id },
    chatId: channel.id,
    messages: messagesOf(channelChat.value),
    ...unsent,
  };
  const canPost = isAdmin(chat);
  return (
    <Pane
      name="channel"
      label={t('tab_channel')}
      files={canPost ? files : undefined}
      head={
        <>
          <Heading icon={<Avatar id={channel.id} name={channel.title} />} title={channel.title} words={t('channel')} />
          <TeamMenu viewer={viewer} />
        </>
      }
    >
      {channelChat.value.kind === 'refused' ? (
        <div class="conversation">
          <Empty icon="stop" title={t('hidden_chat', { name: shownName(viewer) })} hint={channelChat.value.reason}>
            {viewer.channel === 'left' && (
              <button
                type="button"
                class="button"
                onClick={() => void act(viewer.id, (person) => person.joins('channel'))}
              >
                {t('join_channel')}
              </button>
            )}
          </Empty>
        </div>
      ) : (
        <Conversation
          key={viewer.id}
          chat={chat}
          label={channel.title}
          empty={<Empty icon="channel" title={t('empty_channel')} hint={t('empty_channel_hint')} />}
        />
      )}
      {canPost ? (
        <Composer key={viewer.id} chat={chat} files={files} placeholder={t('write_post')} />
      ) : (
        <div class="composer bar quiet">{t('readers_only')}</div>
      )}
    </Pane>
  );
}
