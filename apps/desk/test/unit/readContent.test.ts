import type { Content } from '../../src/relay/content.js';
import { readContent, richText } from '../../src/telegram/readContent.js';
import { asMessage, channel, maria, privately, type Fields } from './support/updates.js';
import { text } from './support/people.js';

const read = (fields: Fields): Content | undefined => readContent(asMessage(privately(fields)));

const file = (id: string): Fields => ({ file_id: `id ${id}`, file_unique_id: id, file_size: 1 });
const location = { latitude: 55.75, longitude: -37.62 };

const bare = {
  kind: 'media',
  file: 'id A',
  fileKey: 'A',
  caption: { text: '', entities: [] },
  spoiler: false,
  captionAbove: false,
} as const;

test.each<[string, Fields, Content]>([
  ['text', { text: 'Hello' }, text('Hello')],
  [
    'text with entities',
    { text: 'Hello', entities: [{ type: 'bold', offset: 0, length: 5 }] },
    text('Hello', { type: 'bold', offset: 0, length: 5 }),
  ],
  ['a photo, in its largest size', { photo: [file('small'), file('A')] }, { ...bare, media: 'photo' }],
  [
    'a video',
    { video: { ...file('A'), cover: [file('C')], thumbnail: file('T'), thumb: file('T') } },
    { ...bare, media: 'video' },
  ],
  [
    'an animation, which carries a document too',
    { animation: file('A'), document: file('A') },
    { ...bare, media: 'animation' },
  ],
  ['audio', { audio: file('A') }, { ...bare, media: 'audio' }],
  ['a voice message', { voice: file('A') }, { ...bare, media: 'voice' }],
  ['a video message', { video_note: file('A') }, { ...bare, media: 'video_note' }],
  ['a sticker', { sticker: { ...file('A'), emoji: '👍' } }, { ...bare, media: 'sticker' }],
  ['a document', { document: { ...file('A'), file_name: '../../etc/passwd' } }, { ...bare, media: 'document' }],
  [
    'a live photo, which carries a photo too',
    { live_photo: file('L'), photo: [file('A')] },
    { ...bare, media: 'photo' },
  ],
  [
    'a caption and the look of media',
    {
      photo: [file('A')],
      caption: 'look',
      caption_entities: [{ type: 'italic', offset: 0, length: 4 }],
      has_media_spoiler: true,
      show_caption_above_media: true,
    },
    {
      ...bare,
      media: 'photo',
      caption: { text: 'look', entities: [{ type: 'italic', offset: 0, length: 4 }] },
      spoiler: true,
      captionAbove: true,
    },
  ],
  ['a location', { location }, { kind: 'location', ...location }],
  [
    'a location with its accuracy',
    { location: { ...location, horizontal_accuracy: 65 } },
    { kind: 'location', ...location, accuracyMetres: 65 },
  ],
  [
    'a live location',
    { location: { ...location, live_period: 900, heading: 90, proximity_alert_radius: 100 } },
    { kind: 'location', ...location, live: { seconds: 900, heading: 90, alertMetres: 100 } },
  ],
  [
    'a venue, which carries a location too',
    { venue: { location, title: 'Café', address: 'Street 1' }, location },
    { kind: 'venue', ...location, title: 'Café', address: 'Street 1' },
  ],
  [
    'a venue with all that is known of it',
    {
      venue: {
        location,
        title: 'T',
        address: 'A',
        foursquare_id: 'f',
        foursquare_type: 'ft',
        google_place_id: 'g',
        google_place_type: 'gt',
      },
    },
    {
      kind: 'venue',
      ...location,
      title: 'T',
      address: 'A',
      foursquareId: 'f',
      foursquareType: 'ft',
      googlePlaceId: 'g',
      googlePlaceType: 'gt',
    },
  ],
  ['a contact', { contact: { phone_number: '+1', first_name: 'A' } }, { kind: 'contact', phone: '+1', firstName: 'A' }],
  [
    'a contact with its card',
    { contact: { phone_number: '+1', first_name: 'A', last_name: 'B', user_id: 5, vcard: 'BEGIN:VCARD' } },
    { kind: 'contact', phone: '+1', firstName: 'A', lastName: 'B', vcard: 'BEGIN:VCARD' },
  ],
  [
    'a contact that no database takes',
    { contact: { phone_number: '\0', first_name: '\ud83d', last_name: '\0', vcard: 'x\0' } },
    { kind: 'contact', phone: ' ', firstName: '\ufffd', lastName: ' ', vcard: 'x ' },
  ],
  [
    'a venue that no database takes',
    { venue: { location, title: '\0', address: '\ud83d' } },
    { kind: 'venue', ...location, title: ' ', address: '\ufffd' },
  ],
  ['a thrown die', { dice: { emoji: '🎰', value: 64 } }, { kind: 'dice', emoji: '🎰', value: 64 }],
  ['a story', { story: { chat: channel, id: 3 } }, { kind: 'native', name: 'story' }],
  ['a game', { game: { title: 'G', description: 'D', photo: [file('A')] } }, { kind: 'native', name: 'game' }],
  ['a formatted message', { rich_message: { blocks: [] } }, { kind: 'native', name: 'rich_message' }],
  ['a giveaway', { giveaway: { chats: [channel] } }, { kind: 'uncopyable', name: 'giveaway' }],
  [
    'the winners of a giveaway',
    { giveaway_winners: { chat: channel } },
    { kind: 'uncopyable', name: 'giveaway_winners' },
  ],
  [
    'paid media, with its caption',
    { paid_media: { star_count: 5 }, caption: 'look' },
    { kind: 'uncopyable', name: 'paid_media' },
  ],
  ['a checklist', { checklist: { title: 'T', tasks: [] } }, { kind: 'uncopyable', name: 'checklist' }],
  ['an invoice', { invoice: { title: 'T' } }, { kind: 'uncopyable', name: 'invoice' }],
  ['a kind of the future', { hologram: { file_id: 'x' } }, { kind: 'uncopyable', name: 'unknown' }],
  ['nothing at all', {}, { kind: 'uncopyable', name: 'unknown' }],
  [
    'what only accompanies a message',
    { via_bot: maria, effect_id: '1', has_protected_content: true },
    { kind: 'uncopyable', name: 'unknown' },
  ],
])('%s', (_name, fields, content) => {
  expect(read(fields)).toEqual(content);
});

test('a poll is read with its options and without its votes', () => {
  const asked = {
    id: '1',
    question: 'Which?',
    question_entities: [{ type: 'custom_emoji', offset: 0, length: 2, custom_emoji_id: '9' }],
    options: [
      { persistent_id: 'p', text: 'this', voter_count: 3 },
      { text: 'that', text_entities: [], voter_count: 0 },
    ],
    total_voter_count: 3,
    is_closed: false,
    is_anonymous: true,
    type: 'quiz',
    allows_multiple_answers: false,
    correct_option_ids: [0],
  };
  expect(read({ poll: asked })).toEqual({
    kind: 'poll',
    question: { text: 'Which?', entities: [{ type: 'custom_emoji', offset: 0, length: 2, customEmojiId: '9' }] },
    options: [
      { text: 'this', entities: [] },
      { text: 'that', entities: [] },
    ],
    quiz: true,
    anonymous: true,
    multiple: false,
    closed: false,
  });
});

test.each([
  'new_chat_members',
  'left_chat_member',
  'chat_owner_left',
  'chat_owner_changed',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'channel_chat_created',
  'message_auto_delete_timer_changed',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'pinned_message',
  'successful_payment',
  'refunded_payment',
  'users_shared',
  'chat_shared',
  'gift',
  'unique_gift',
  'gift_upgrade_sent',
  'connected_website',
  'write_access_allowed',
  'passport_data',
  'proximity_alert_triggered',
  'boost_added',
  'chat_background_set',
  'checklist_tasks_done',
  'checklist_tasks_added',
  'community_chat_added',
  'community_chat_joined',
  'community_chat_removed',
  'direct_message_price_changed',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'giveaway_created',
  'giveaway_completed',
  'managed_bot_created',
  'paid_message_price_changed',
  'poll_option_added',
  'poll_option_deleted',
  'suggested_post_approved',
  'suggested_post_approval_failed',
  'suggested_post_declined',
  'suggested_post_paid',
  'suggested_post_refunded',
  'video_chat_scheduled',
  'video_chat_started',
  'video_chat_ended',
  'video_chat_participants_invited',
  'web_app_data',
])('the service message %s says nothing that anybody wrote', (field) => {
  expect(read({ [field]: field === 'delete_chat_photo' ? true : {} })).toBeUndefined();
});

test.each<[string, Fields]>([
  ['text that is a number', { text: 5 }],
  ['text that is null', { text: null }],
  ['entities that are no list', { text: 'x', entities: {} }],
  ['an entity without a type', { text: 'x', entities: [{ offset: 0, length: 1 }] }],
  ['an entity whose offset is a text', { text: 'x', entities: [{ type: 'bold', offset: '0', length: 1 }] }],
  ['a photo that is no list', { photo: file('A') }],
  ['a file without a key', { document: { file_id: 'x' } }],
  ['a location without a longitude', { location: { latitude: 1 } }],
  ['a poll without options', { poll: { question: 'Q' } }],
  ['a die without a value', { dice: { emoji: '🎲' } }],
])('%s is of an unknown kind', (_name, fields) => {
  expect(read(fields)).toEqual({ kind: 'uncopyable', name: 'unknown' });
});

test('entities keep what they carry', () => {
  const place = { offset: 0, length: 1 };
  const entities = [
    { ...place, type: 'text_link', url: 'https://example.org/' },
    { ...place, type: 'pre', language: 'ts' },
    { ...place, type: 'custom_emoji', custom_emoji_id: '9' },
    { ...place, type: 'text_mention', user: { ...maria, id: 5_000_000_000 } },
    { ...place, type: 'date_time', unix_time: 1_800_000_000, date_time_format: 'D' },
    { ...place, type: 'kind_of_the_future' },
  ];
  expect(richText('x', entities as Parameters<typeof richText>[1]).entities).toEqual([
    { ...place, type: 'text_link', url: 'https://example.org/' },
    { ...place, type: 'pre', language: 'ts' },
    { ...place, type: 'custom_emoji', customEmojiId: '9' },
    { ...place, type: 'text_mention', person: '5000000000' },
    { ...place, type: 'date_time', unixTime: 1_800_000_000, dateTimeFormat: 'D' },
    { ...place, type: 'kind_of_the_future' },
  ]);
});

test('what a stranger forged in entities is clipped', () => {
  expect(
    read({
      text: 'abc',
      entities: [
        { type: 'bold', offset: -1, length: 1e9 },
        { type: 'bold', offset: 9, length: 1 },
      ],
    }),
  ).toEqual(text('abc', { type: 'bold', offset: 0, length: 3 }));
});
