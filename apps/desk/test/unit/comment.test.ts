import type { Content } from '../../src/relay/content.js';
import { decide } from '../../src/relay/decide.js';
import type { Decision } from '../../src/relay/decisions.js';
import type { CommentEvent } from '../../src/relay/events.js';
import type { CommentAuthor } from '../../src/relay/model.js';
import type { Notice } from '../../src/relay/notices.js';
import type { Situation } from '../../src/relay/situation.js';
import { agentsThread, ann, comment, incoming, later, maria, media, nine, stored, text } from './support/people.js';

/** What happens to a comment: `relay`, `hold` and `inside` are stored; notices by their id; else why it is ignored. */
function fateOf(situation: Situation, event: CommentEvent): string[] {
  return decide(situation, event).map((decision) => {
    switch (decision.kind) {
      case 'store_message':
        if (decision.message.internal) return 'inside';
        return decision.message.copyTo === undefined ? 'hold' : `relay to ${decision.message.copyTo}`;
      case 'say':
        return `say ${decision.notice.id} to ${decision.to}`;
      case 'ignore':
        return 'ignore';
      default:
        return decision.kind;
    }
  });
}

const say = (notice: Notice): Decision => ({ kind: 'say', to: 'staff', notice, replyTo: { kind: 'this' } });

const anonymous: CommentAuthor = { kind: 'anonymous_admin', id: '-1002', name: 'Support' };
const channel: CommentAuthor = { kind: 'channel_identity', id: '-1001', name: 'Support' };
const foreign: CommentAuthor = { kind: 'foreign', id: '-1009', name: 'Elsewhere' };

describe('an answer', () => {
  test('is stored and shown to the customer', () => {
    expect(decide(agentsThread, comment('It is on its way'))).toEqual([
      {
        kind: 'store_message',
        message: {
          incoming: incoming('It is on its way', { id: '-1002/50' }),
          root: '-1002/31',
          author: 'agent',
          authorId: '7',
          internal: false,
          copyTo: 'customer',
          inPost: false,
        },
      },
    ]);
  });

  test('carries the name its agent signs with, and no other', () => {
    const signed = decide({ ...agentsThread, alias: 'Mary' }, comment('Hi'));
    expect(signed).toMatchObject([{ kind: 'store_message', message: { signature: 'Mary' } }]);
    const [unsigned] = decide(agentsThread, comment('Hi'));
    expect(unsigned).not.toHaveProperty('message.signature');
  });

  test.each<[string, Content]>([
    ['a photo without words', media('photo')],
    ['a sticker', media('sticker')],
    ['a location', { kind: 'location', latitude: 1, longitude: 2 }],
    ['a story', { kind: 'native', name: 'story' }],
    ['a thrown die', { kind: 'dice', emoji: '🎲', value: 6 }],
    ['a text with // in the middle', text('see https://example.org // thanks')],
    ['a text that begins with one slash', text('/ slash')],
  ])('may be %s', (_name, content) => {
    expect(fateOf(agentsThread, comment(content))).toEqual(['relay to customer']);
  });

  test('that comes twice is stored once', () => {
    expect(fateOf({ ...agentsThread, known: stored('Hi') }, comment('Hi'))).toEqual(['ignore']);
  });

  test('outside the thread of a customer is nobody’s, which its author is told once', () => {
    expect(decide({ role: 'agent' }, comment('Hi'))).toEqual([
      { ...say({ id: 'outside-threads' }), replyTo: { kind: 'outside', message: '-1002/50' } },
      { kind: 'audit', action: 'hint', actor: '7', detail: {} },
    ]);
    expect(fateOf({ role: 'agent', hinted: true }, comment('Hi'))).toEqual(['ignore']);
    expect(fateOf({ role: 'agent' }, comment('Hi', { kind: 'comment_edited' }))).toEqual(['ignore']);
    expect(fateOf({ role: 'none' }, comment('Hi'))).toEqual(['ignore']);
    expect(fateOf({ role: 'agent' }, comment('/unsend', { command: { name: 'unsend', argument: '' } }))).toEqual([
      'ignore',
    ]);
    expect(fateOf({ role: 'agent' }, comment('// hi'))).toEqual(['ignore']);
  });

  test('of a kind that no bot copies stays inside, and the agent is told', () => {
    expect(decide(agentsThread, comment({ kind: 'uncopyable', name: 'giveaway' })).slice(1)).toEqual([
      say({ id: 'uncopyable-agent', what: 'giveaway' }),
    ]);
    expect(fateOf(agentsThread, comment({ kind: 'uncopyable', name: 'giveaway' }))[0]).toBe('inside');
  });

  test.each([
    ['blocked', 'not-delivered-blocked'],
    ['gone', 'not-delivered-gone'],
  ] as const)('to a customer who is %s is held, and the agent is told', (standing, notice) => {
    const away: Situation = { role: 'agent', conversation: { id: '12', customer: { ...ann, standing } } };
    expect(decide(away, comment('Hi'))[1]).toEqual(say({ id: notice }));
    expect(fateOf(away, comment('Hi'))).toEqual(['hold', `say ${notice} to staff`]);
    expect(fateOf(away, comment('// hi'))).toEqual(['inside']);
  });
});

describe('who may answer', () => {
  test.each<[string, Pick<Situation, 'role'>, CommentAuthor]>([
    ['an agent', { role: 'agent' }, maria],
    ['an admin', { role: 'admin' }, maria],
    ['an anonymous admin of the group', { role: 'none' }, anonymous],
    ['the staff channel itself', { role: 'none' }, channel],
  ])('%s is relayed', (_name, role, author) => {
    expect(fateOf({ ...agentsThread, ...role }, comment('Hi', { author }))).toEqual(['relay to customer']);
  });

  test.each<[string, Pick<Situation, 'role'>, CommentAuthor]>([
    ['a person who is not staff', { role: 'none' }, maria],
    ['another channel, or a bot', { role: 'none' }, foreign],
    ['another channel under which an admin writes', { role: 'admin' }, foreign],
  ])('%s is never relayed and never answered', (_name, role, author) => {
    expect(fateOf({ ...agentsThread, ...role }, comment('Hi', { author }))).toEqual(['ignore']);
  });

  test.each(['unsend', 'alias', 'help'])('a stranger’s command /%s does nothing and is not answered', (name) => {
    const event = comment(`/${name}`, { command: { name, argument: 'x' } });
    expect(fateOf({ ...agentsThread, role: 'none', replied: stored('Hi') }, event)).toEqual(['ignore']);
    expect(fateOf(agentsThread, { ...event, author: foreign })).toEqual(['ignore']);
  });

  test('a stranger’s edit does nothing, also of what was an answer', () => {
    const edit = comment('changed', { kind: 'comment_edited' });
    expect(fateOf({ ...agentsThread, role: 'none', known: stored('Hi') }, edit)).toEqual(['ignore']);
  });
});

describe('a note', () => {
  test.each([
    ['//', '//'],
    ['with words', '// he is angry'],
    ['without a space', '//he is angry'],
    ['after white space', ' \n\t // he is angry'],
    ['after characters that are not to be seen', '\u200b\u2060\ufeff//he is angry'],
    ['of three slashes', '/// x'],
  ])('%s stays inside', (_name, words) => {
    expect(fateOf(agentsThread, comment(words))).toEqual(['inside']);
  });

  test('may stand in a caption', () => {
    expect(fateOf(agentsThread, comment(media('document', ' // for us only')))).toEqual(['inside']);
  });

  test('is stored, so that its edits and replies are known', () => {
    expect(decide(agentsThread, comment('// x'))).toMatchObject([
      { kind: 'store_message', message: { internal: true, author: 'agent', authorId: '7' } },
    ]);
    expect(decide(agentsThread, comment('// x'))[0]).not.toHaveProperty('message.copyTo');
  });

  test('in any caption of an album keeps the whole album inside', () => {
    const item = (caption: string): CommentEvent =>
      comment('', { message: incoming(media('photo', caption), { id: '-1002/51', album: '13' }) });
    // The first item came without words, and is on its way already.
    expect(fateOf(agentsThread, item(''))).toEqual(['relay to customer']);
    expect(decide(agentsThread, item('// ours'))).toMatchObject([
      { kind: 'store_message', message: { internal: true } },
      { kind: 'keep_album_inside', album: '13' },
    ]);
    // So does every item after it.
    expect(fateOf({ ...agentsThread, albumInside: true }, item(''))).toEqual(['inside']);
    expect(fateOf({ ...agentsThread, albumInside: false }, item(''))).toEqual(['relay to customer']);
  });

  test('a command in a caption keeps the whole album inside as well', () => {
    const message = incoming(media('photo', '/unsend'), { album: '13' });
    const event = comment('', { message, command: { name: 'unsend', argument: '' } });
    expect(fateOf(agentsThread, event)).toEqual(['inside', 'keep_album_inside', 'say unsend-usage to staff']);
  });
});

describe('an edit of a comment', () => {
  const edited = (content: Content | string, more: Partial<CommentEvent> = {}): CommentEvent =>
    comment(content, { kind: 'comment_edited', ...more });
  const answer = { ...agentsThread, known: stored('old') };
  const note = { ...agentsThread, known: stored('// old', { internal: true }) };
  const revision = (content: Content): Decision => ({ kind: 'revise_message', message: '900', content, inPost: false });

  test('of an answer into another answer is mirrored', () => {
    expect(decide(answer, edited('new'))).toEqual([revision(text('new'))]);
  });

  test('of an answer into a note is not mirrored: it has been delivered, and the agent is told how to take it back', () => {
    expect(decide(answer, edited('// new'))).toEqual([say({ id: 'answer-became-note' })]);
  });

  test('of an answer into a command is not mirrored either, and the command is not carried out', () => {
    const event = edited('/unsend', { command: { name: 'unsend', argument: '' } });
    expect(decide(answer, event)).toEqual([say({ id: 'answer-became-note' })]);
  });

  test('of an answer into what no bot copies leaves the customer what they have, and the agent is told', () => {
    const content = { kind: 'uncopyable', name: 'checklist' } as const;
    expect(decide(answer, edited(content))).toEqual([say({ id: 'uncopyable-agent', what: 'checklist' })]);
    expect(decide(note, edited(content))[0]).toEqual(revision(content));
  });

  test('of a note into another note is kept', () => {
    expect(decide(note, edited('// new'))).toEqual([revision(text('// new'))]);
  });

  test('of a note into an answer stays inside, and the agent is told', () => {
    expect(decide(note, edited('new'))).toEqual([revision(text('new')), say({ id: 'note-stays-inside' })]);
  });

  test('of a note into a command stays inside, and the command is not carried out', () => {
    const event = edited('/alias X', { command: { name: 'alias', argument: 'X' } });
    expect(decide(note, event)).toEqual([revision(text('/alias X'))]);
  });

  test('of an answer that was taken back is kept, and nothing is said', () => {
    const taken = { ...agentsThread, known: stored('old', { removed: true }) };
    expect(decide(taken, edited('new'))).toEqual([revision(text('new'))]);
    expect(decide(taken, edited('// new'))).toEqual([revision(text('// new'))]);
  });

  test.each<[string, Content, Content]>([
    ['the same words', text('old'), text('old')],
    [
      'the same entities',
      text('old', { type: 'bold', offset: 0, length: 3 }),
      text('old', { length: 3, offset: 0, type: 'bold' }),
    ],
    ['the same file under another handle', media('photo', 'x'), { ...media('photo', 'x'), file: 'another handle' }],
  ])('that shows %s as before changes nothing', (_name, before, now) => {
    expect(fateOf({ ...agentsThread, known: stored(before) }, edited(now))).toEqual(['ignore']);
  });

  test.each<[string, Content, Content]>([
    ['words', text('old'), text('new')],
    ['formatting', text('old'), text('old', { type: 'bold', offset: 0, length: 3 })],
    ['a caption', media('photo', 'old'), media('photo', 'new')],
    ['a file', media('photo', 'x', 'A'), media('photo', 'x', 'B')],
    ['the kind', text('x'), media('photo', 'x')],
    ['a spoiler', media('photo'), { ...media('photo'), spoiler: true }],
  ])('that changes %s is mirrored', (_name, before, now) => {
    expect(decide({ ...agentsThread, known: stored(before) }, edited(now))).toEqual([revision(now)]);
  });

  test.each([
    ['at once', 0],
    ['two minutes after', 120],
  ])('that overtook its comment, made %s it, counts as the comment', (_name, seconds) => {
    const message = incoming('final words', { id: '-1002/50', at: nine, editedAt: later(seconds) });
    expect(fateOf(agentsThread, edited('', { message }))).toEqual(['relay to customer']);
    const note = { ...message, content: text('// final words') };
    expect(fateOf(agentsThread, edited('', { message: note }))).toEqual(['inside']);
    expect(fateOf({ ...agentsThread, role: 'none' }, edited('', { message }))).toEqual(['ignore']);
  });

  test('of an older comment that was never stored is told as not mirrored', () => {
    const message = incoming('new', { at: nine, editedAt: later(121) });
    const told = [{ kind: 'say', to: 'staff', notice: { id: 'edit-not-mirrored', side: 'staff' } }];
    expect(decide(agentsThread, edited('', { message }))).toEqual(told);
    expect(fateOf({ role: 'agent' }, edited('', { message }))).toEqual(['ignore']);
  });
});

describe('a comment under a post whose opening was missed', () => {
  const missed: Situation = { ...agentsThread, openingMissed: true };
  const opening: Decision = { kind: 'remember_root', post: '-1001/7', root: '-1002/31' };

  test('tells where the thread is, whoever wrote it', () => {
    expect(decide(missed, comment('Hi', { post: '-1001/7' }))[0]).toEqual(opening);
    expect(decide({ ...missed, role: 'none' }, comment('Hi', { post: '-1001/7' }))).toEqual([
      opening,
      { kind: 'ignore', reason: 'the author is not staff' },
    ]);
  });

  test('tells it once, also when its edit comes first, and before anything is said', () => {
    const message = incoming('new', { at: nine, editedAt: later(1) });
    const young = comment('', { kind: 'comment_edited', post: '-1001/7', message });
    expect(fateOf(missed, young)).toEqual(['remember_root', 'relay to customer']);
    const old = { ...young, message: { ...message, editedAt: later(9_999) } };
    expect(fateOf(missed, old)).toEqual(['remember_root', 'say edit-not-mirrored to staff']);
  });

  test('tells nothing when it does not say of which post, or where', () => {
    expect(fateOf(missed, comment('Hi'))).toEqual(['relay to customer']);
    const { root: nowhere, ...rootless } = comment('Hi', { post: '-1001/7' });
    expect(nowhere).toBeDefined();
    expect(fateOf(missed, rootless)).toEqual(['relay to customer']);
  });

  test('tells nothing when the thread was known', () => {
    expect(fateOf(agentsThread, comment('Hi', { post: '-1001/7' }))).toEqual(['relay to customer']);
  });
});
