import { lengthRefusal, may, sendRefusal } from '../../src/rules/send.js';
import type { Content } from '../../src/world/content.js';
import { createWorld } from '../../src/world/create.js';
import { sharedChatOf } from '../../src/world/lookup.js';
import { ALL_PERMISSIONS, ALL_RIGHTS, type Membership, NO_PERMISSIONS, NO_RIGHTS } from '../../src/world/members.js';

const world = createWorld({ seed: 1 }, 0);
const file = { file: 'f', caption: '', captionEntities: [], isCaptionAbove: false, hasSpoiler: false };
const restricted = (permissions: Partial<typeof ALL_PERMISSIONS>): Membership => ({
  status: 'restricted',
  isMember: true,
  permissions: { ...NO_PERMISSIONS, ...permissions },
  until: 0,
});

test.each<[Content, string]>([
  [{ kind: 'text', text: 'x', entities: [] }, 'text messages'],
  [{ kind: 'photo', sizes: [], ...file }, 'photos'],
  [{ kind: 'video', ...file }, 'videos'],
  [{ kind: 'animation', ...file }, 'animations'],
  [{ kind: 'audio', ...file }, 'music'],
  [{ kind: 'voice', ...file }, 'voice notes'],
  [{ kind: 'document', ...file }, 'documents'],
  [{ kind: 'video_note', file: 'f' }, 'video notes'],
  [{ kind: 'sticker', file: 'f' }, 'stickers'],
  [{ kind: 'poll', pollId: 'p' }, 'polls'],
])('who may send nothing is told so: %j', (content, plural) => {
  const chat = sharedChatOf(world, world.staff.groupId);
  const refusal = sendRefusal(content, { chat, membership: restricted({}), person: undefined });
  expect(refusal?.description).toBe(`Bad Request: not enough rights to send ${plural} to the chat`);
  const allowed = sendRefusal(content, { chat, membership: restricted(ALL_PERMISSIONS), person: undefined });
  expect(allowed).toBeUndefined();
});

const polls = { can_send_polls: true };
const plain = { status: 'administrator', rights: NO_RIGHTS, isAnonymous: false, promotedBy: 1 } as const;

test.each<{ who: string; is: Membership; everybody: Partial<typeof ALL_PERMISSIONS>; may: boolean }>([
  { who: 'a creator', is: { status: 'creator', isAnonymous: false }, everybody: {}, may: true },
  { who: 'an administrator', is: plain, everybody: {}, may: true },
  { who: 'a member where everybody may', is: { status: 'member' }, everybody: polls, may: true },
  { who: 'a member where nobody may', is: { status: 'member' }, everybody: {}, may: false },
  { who: 'a restricted member who may', is: restricted(polls), everybody: polls, may: true },
  { who: 'a restricted member who may where nobody may', is: restricted(polls), everybody: {}, may: false },
  { who: 'a restricted member who may not', is: restricted({}), everybody: polls, may: false },
])('$who: polls', ({ is, everybody, may: expected }) => {
  expect(may('can_send_polls', is, { ...NO_PERMISSIONS, ...everybody })).toBe(expected);
});

test('posting in a channel is a right of administrators', () => {
  const chat = sharedChatOf(world, world.staff.channelId);
  const post = (membership: Membership) =>
    sendRefusal({ kind: 'text', text: 'x', entities: [] }, { chat, membership, person: undefined })?.description;
  const admin = { status: 'administrator', isAnonymous: false, promotedBy: 1 } as const;
  expect(post({ ...admin, rights: ALL_RIGHTS })).toBeUndefined();
  expect(post({ ...admin, rights: { ...ALL_RIGHTS, can_post_messages: false } })).toBe(
    'Bad Request: need administrator rights in the channel chat',
  );
});

test.each<[string, Content, string | undefined]>([
  ['a text of 4096', { kind: 'text', text: '😀'.repeat(4096), entities: [] }, undefined],
  ['a text of 4097', { kind: 'text', text: 'x'.repeat(4097), entities: [] }, 'Bad Request: message is too long'],
  ['a caption of 1024', { kind: 'video', ...file, caption: '😀'.repeat(1024) }, undefined],
  [
    'a caption of 1025',
    { kind: 'video', ...file, caption: 'x'.repeat(1025) },
    'Bad Request: message caption is too long',
  ],
])('%s code points', (_, content, expected) => {
  expect(lengthRefusal(content)?.description).toBe(expected);
});
