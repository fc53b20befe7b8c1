import type { ComponentChildren } from 'preact';
import type { Overview, RosterEntry, ShownMessage } from '../../../src/control/client.js';
import type { Chat } from '../chat/context.js';
import { Conversation } from '../chat/Conversation.js';
import { wordsOf } from '../chat/words.js';
import { Composer } from '../compose/Composer.js';
import { act } from '../state/act.js';
import { agent, comments, groupChat, isGroupShown, messagesOf, overview, type Sight } from '../state/sandbox.js';
import { post } from '../state/sides.js';
import { t, tCount } from '../text/index.js';
import { Avatar } from '../ui/Avatar.js';
import { Icon } from '../ui/Icon.js';
import { unsentIn } from './chats.js';
import { Empty, Heading, Pane } from './Pane.js';
import { shownName } from './people.js';

/** The comments of the open post, or the whole discussion group in which they stand. */
export function ThreadPane() {
  const viewer = agent.value;
  const ids = overview.value;
  if (viewer === undefined || ids === undefined) return <section class="pane" aria-label={t('tab_thread')} />;
  return isGroupShown.value ? <GroupPane viewer={viewer} ids={ids} /> : <CommentsPane viewer={viewer} ids={ids} />;
}

interface SideProps {
  readonly viewer: RosterEntry;
  readonly ids: Overview;
}

function CommentsPane({ viewer, ids }: SideProps) {
  const open = post.value;
  const root = rootOf(open);
  const head = (
    <>
      <Heading
        icon={
          <Avatar
            id={open?.ref.messageId ?? ids.group.id}
            name={open === undefined ? ids.group.title : firstLine(open)}
          />
        }
        title={open === undefined ? t('comments') : firstLine(open)}
        words={open === undefined ? t('group') : tCount('comments', open.comments?.count ?? 0)}
      />
      <Switch />
    </>
  );
  if (open === undefined) {
    return (
      <Pane name="thread" label={t('tab_thread')} head={head}>
        <div class="conversation">
          <Empty icon="comments" title={t('empty_open')} hint={t('empty_open_hint')} />
        </div>
      </Pane>
    );
  }
  const { files, ...unsent } = unsentIn(`comments ${viewer.id} ${open.ref.messageId}`);
  const said = messagesOf(comments.value);
  const chat: Chat = {
    viewer,
    place: 'group',
    to: { kind: 'comments', post: open.ref },
    chatId: ids.group.id,
    messages: root === undefined ? said : [root, ...said],
    ...unsent,
  };
  const hint =
    said.length === 0 ? <Empty icon="comments" title={t('empty_thread')} hint={t('empty_thread_hint')} /> : null;
  return (
    <Pane name="thread" label={t('tab_thread')} head={head} files={files}>
      <Conversation
        key={`${viewer.id} ${open.ref.messageId}`}
        chat={chat}
        label={firstLine(open)}
        empty={null}
        below={hint}
      />
      <Composer key={`${viewer.id} ${open.ref.messageId}`} chat={chat} files={files} placeholder={t('write_comment')} />
    </Pane>
  );
}

/** The copy below which comments stand; for who is not in the group, the post in its place. */
function rootOf(open: ShownMessage | undefined): ShownMessage | undefined {
  const copy = messagesOf(groupChat.value).find(
    ({ copyOf }) => copyOf !== undefined && copyOf.messageId === open?.ref.messageId,
  );
  return copy ?? (open === undefined ? undefined : { ...open, copyOf: open.ref, buttons: [] });
}

function firstLine(message: ShownMessage): string {
  return (message.text || message.caption).split('\n')[0] || wordsOf(message);
}

function GroupPane({ viewer, ids }: SideProps) {
  const { files, ...unsent } = unsentIn(`group ${viewer.id}`);
  const chat: Chat = {
    viewer,
    place: 'group',
    to: { kind: 'chat', chatId: ids.group.id },
    chatId: ids.group.id,
    messages: messagesOf(groupChat.value),
    ...unsent,
  };
  return (
    <Pane
      name="thread"
      label={t('tab_thread')}
      files={files}
      head={
        <>
          <Heading
            icon={<Avatar id={ids.group.id} name={ids.group.title} />}
            title={ids.group.title}
            words={t('group')}
          />
          <Switch />
        </>
      }
    >
      <Seen sight={groupChat.value} viewer={viewer}>
        <Conversation
          key={viewer.id}
          chat={chat}
          label={ids.group.title}
          empty={<Empty icon="people" title={t('empty_group')} />}
        />
        <Composer key={viewer.id} chat={chat} files={files} placeholder={t('write')} />
      </Seen>
    </Pane>
  );
}

interface SeenProps {
  readonly sight: Sight;
  readonly viewer: RosterEntry;
  readonly children: ComponentChildren;
}

/** A chat, or that it may not be seen. */
function Seen({ sight, viewer, children }: SeenProps) {
  if (sight.kind === 'seen') return <>{children}</>;
  return (
    <div class="conversation">
      <Empty icon="stop" title={t('hidden_chat', { name: shownName(viewer) })} hint={sight.reason}>
        {viewer.group === 'left' && (
          <button type="button" class="button" onClick={() => void act(viewer.id, (person) => person.joins('group'))}>
            {t('join_group')}
          </button>
        )}
      </Empty>
    </div>
  );
}

/** Between the comments of one post and the whole group. */
function Switch() {
  return (
    <div class="segments" role="group" aria-label={t('tab_thread')}>
      {[false, true].map((isGroup) => (
        <button
          key={String(isGroup)}
          type="button"
          aria-pressed={isGroupShown.value === isGroup}
          aria-label={isGroup ? t('whole_group') : t('comments')}
          title={isGroup ? t('whole_group') : t('comments')}
          onClick={() => {
            isGroupShown.value = isGroup;
          }}
        >
          <Icon name={isGroup ? 'people' : 'comments'} />
        </button>
      ))}
    </div>
  );
}
