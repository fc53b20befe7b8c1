import { check } from '../check/check.js';
import type { History, Violation } from '../history.js';
import { ann, bob, conversation, history, says, shown } from './histories.js';

const kinds = (given: History): Violation['kind'][] => check(given).violations.map(({ kind }) => kind);

describe('what was said is shown exactly once', () => {
  test('in the post, in comments and in answers: nothing is wrong', () => {
    const said = [says(1), says(2), says(3, { by: 'agent' }), says(4, { fitsInPost: false })];
    const shownNow = conversation({ posts: ['Ann s1v1'], comments: ['s2v1', 's4v1'], answers: ['s3v1'] });
    expect(check(history({ said, conversations: [shownNow] }))).toEqual({ violations: [], flagged: 0 });
  });

  test('several texts may share a comment', () => {
    const said = [says(1), says(2), says(3)];
    const merged = conversation({ posts: ['s1v1'], comments: ['s2v1\n\n12:01 s3v1'] });
    expect(kinds(history({ said, conversations: [merged] }))).toEqual([]);
  });

  test.each(['customer', 'agent'] as const)('a message of a %s that is shown nowhere is lost', (by) => {
    const { violations } = check(history({ said: [says(7, { by })], conversations: [conversation({})] }));
    expect(violations).toEqual([expect.objectContaining({ kind: 'lost', customer: ann, tokens: [7] })]);
  });

  test('a long first message is lost when only the post begins it', () => {
    const said = [says(1, { fitsInPost: false })];
    expect(kinds(history({ said, conversations: [conversation({ posts: ['s1v1'] })] }))).toEqual(['lost']);
  });

  test('a short first message is shown twice when a comment repeats the post', () => {
    const twice = conversation({ posts: ['s1v1'], comments: ['s1v1'] });
    expect(kinds(history({ said: [says(1)], conversations: [twice] }))).toEqual(['duplicate']);
  });

  test('a comment or an answer that stands there twice is a duplicate', () => {
    const said = [says(1), says(2, { by: 'agent' })];
    const twice = conversation({ comments: ['s1v1', 's1v1'], answers: ['s2v1', 's2v1'] });
    expect(kinds(history({ said, conversations: [twice] }))).toEqual(['duplicate', 'duplicate']);
  });

  test('a repetition inside one merged comment and alone is a duplicate', () => {
    const twice = conversation({ comments: ['s1v1\n\ns2v1', 's2v1'] });
    expect(kinds(history({ said: [says(1), says(2)], conversations: [twice] }))).toEqual(['duplicate']);
  });

  test('a second post is told, also when it repeats nothing', () => {
    const said = [says(1, { fitsInPost: false })];
    const twice = conversation({ posts: ['Ann', 'Ann'], comments: ['s1v1'] });
    expect(kinds(history({ said, conversations: [twice] }))).toEqual(['second post']);
  });
});

describe('what is marked is no violation', () => {
  test('a comment that is marked as possibly repeated', () => {
    const twice = conversation({ comments: ['s1v1', 's1v1'] });
    const given = history({ said: [says(1)], conversations: [twice], flagged: ['c2'] });
    expect(check(given)).toEqual({ violations: [], flagged: 1 });
  });

  test('an answer of which it is not known whether it was delivered', () => {
    const said = [says(1, { by: 'agent' })];
    const given = history({ said, conversations: [conversation({})], flagged: ['-100/1'] });
    expect(check(given)).toEqual({ violations: [], flagged: 1 });
  });

  test('a mark on another message excuses nothing', () => {
    const twice = conversation({ comments: ['s1v1', 's1v1', 's2v1'] });
    const given = history({ said: [says(1), says(2)], conversations: [twice], flagged: ['c3'] });
    expect(check(given).violations.map(({ kind }) => kind)).toEqual(['duplicate']);
  });

  test('a mark does not excuse an old wording', () => {
    const twice = conversation({ comments: ['s1v1', 's1v1'] });
    const given = history({ said: [says(1, { version: 2 })], conversations: [twice], flagged: ['c2'] });
    expect(kinds(given)).toEqual(['stale wording']);
  });
});

describe('the latest wording is shown', () => {
  test('an edit that was not mirrored is found on both sides', () => {
    const said = [says(1, { version: 2 }), says(2, { by: 'agent', version: 3 })];
    const old = conversation({ comments: ['s1v1'], answers: ['s2v2'] });
    expect(kinds(history({ said, conversations: [old] }))).toEqual(['stale wording', 'stale wording']);
  });

  test('an old wording in the post is found', () => {
    const old = conversation({ posts: ['s1v1'] });
    expect(kinds(history({ said: [says(1, { version: 2 })], conversations: [old] }))).toEqual(['stale wording']);
  });

  test('a wording that was never said is found', () => {
    expect(kinds(history({ said: [says(1)], conversations: [conversation({ comments: ['s1v9'] })] }))).toEqual([
      'stale wording',
    ]);
  });
});

describe('order', () => {
  test('two comments, or two answers, that stand the wrong way round are found', () => {
    const said = [says(1), says(2), says(3, { by: 'agent' }), says(4, { by: 'agent' })];
    const swapped = conversation({ comments: ['s2v1', 's1v1'], answers: ['s4v1', 's3v1'] });
    const { violations } = check(history({ said, conversations: [swapped] }));
    expect(violations.map(({ kind, tokens }) => [kind, tokens])).toEqual([
      ['out of order', [1, 2]],
      ['out of order', [3, 4]],
    ]);
  });

  test('two texts that stand the wrong way round in one comment are found', () => {
    const swapped = conversation({ comments: ['s2v1\n\ns1v1'] });
    expect(kinds(history({ said: [says(1), says(2)], conversations: [swapped] }))).toEqual(['out of order']);
  });

  test('the post stands before every comment', () => {
    const swapped = conversation({ posts: ['s2v1'], comments: ['s1v1'] });
    expect(kinds(history({ said: [says(1), says(2)], conversations: [swapped] }))).toEqual(['out of order']);
  });

  test('of messages of which Telegram told the later one first either order is right', () => {
    const said = [says(1, { handed: 9 }), says(2, { handed: 8 })];
    for (const comments of [
      ['s1v1', 's2v1'],
      ['s2v1', 's1v1'],
    ]) {
      expect(kinds(history({ said, conversations: [conversation({ comments })] }))).toEqual([]);
    }
  });

  test('a message that was told late excuses no other', () => {
    const said = [says(1, { handed: 9 }), says(2), says(3)];
    const swapped = conversation({ comments: ['s3v1', 's2v1', 's1v1'] });
    const { violations } = check(history({ said, conversations: [swapped] }));
    expect(violations.map(({ tokens }) => tokens)).toEqual([[2, 3]]);
  });
});

describe('everything stays where it belongs', () => {
  test('a message in the thread of another customer is found, and missed in its own', () => {
    const given = history({
      said: [says(1)],
      conversations: [conversation({}), conversation({ customer: bob, comments: ['s1v1'] })],
    });
    expect(check(given).violations.map(({ kind, customer }) => [kind, customer])).toEqual([
      ['lost', ann],
      ['wrong conversation', bob],
    ]);
  });

  test('an answer that another customer sees is found, also when its own customer sees it too', () => {
    const given = history({
      said: [says(1, { by: 'agent' })],
      conversations: [conversation({ answers: ['s1v1'] }), conversation({ customer: bob, answers: ['s1v1'] })],
    });
    expect(kinds(given)).toEqual(['wrong conversation']);
  });

  test('what a customer said does not come back to them', () => {
    const echoed = conversation({ comments: ['s1v1'], answers: ['s1v1'] });
    expect(kinds(history({ said: [says(1)], conversations: [echoed] }))).toEqual(['wrong conversation']);
  });

  test('a note that a customer sees is found; one that stays inside is not missed', () => {
    const said = [says(1, { by: 'agent', note: true }), says(2, { by: 'agent', note: true })];
    expect(kinds(history({ said, conversations: [conversation({ answers: ['s1v1'] })] }))).toEqual(['note outside']);
  });

  test('a comment of the bot in no thread is found', () => {
    const stray = [shown('-100/8', 'who is this? s1v1')];
    const given = history({ said: [says(1)], conversations: [conversation({ comments: ['s1v1'] })], stray });
    expect(kinds(given)).toEqual(['stray comment']);
  });
});

describe('what was taken back', () => {
  const answer = says(3, { by: 'agent', unsent: 9 });

  test('is gone', () => {
    expect(kinds(history({ said: [answer], conversations: [conversation({})] }))).toEqual([]);
  });

  test('and still stands there is found', () => {
    const still = conversation({ answers: ['s3v1'] });
    expect(kinds(history({ said: [answer], conversations: [still] }))).toEqual(['not taken back']);
  });

  test('before the desk knew of it stays, and so does what the team was told of', () => {
    const still = conversation({ answers: ['s3v1'] });
    const early = says(3, { by: 'agent', unsent: 2 });
    expect(kinds(history({ said: [early], conversations: [still] }))).toEqual([]);
    expect(kinds(history({ said: [answer], conversations: [still], undelivered: ['-100/3'] }))).toEqual([]);
  });
});

describe('what the team was told not to be delivered', () => {
  const undelivered = ['-100/3'];

  test('may be missing, or old', () => {
    const said = [says(3, { by: 'agent' })];
    expect(kinds(history({ said, conversations: [conversation({})], undelivered }))).toEqual([]);
    const edited = [says(3, { by: 'agent', version: 2 })];
    const old = conversation({ answers: ['s3v1'] });
    expect(kinds(history({ said: edited, conversations: [old], undelivered }))).toEqual([]);
  });

  test('must not have arrived, unless somebody asked for it again; and never twice', () => {
    const there = conversation({ answers: ['s3v1'] });
    const told = (said: History['said'], shownNow = there): Violation['kind'][] =>
      kinds(history({ said, conversations: [shownNow], undelivered }));
    expect(told([says(3, { by: 'agent' })])).toEqual(['false alarm']);
    expect(told([says(3, { by: 'agent', sentAgain: true })])).toEqual([]);
    const twice = conversation({ answers: ['s3v1', 's3v1'] });
    expect(told([says(3, { by: 'agent', sentAgain: true })], twice)).toEqual(['duplicate']);
  });

  test('that a customer has blocked the bot, or is back, is told in turn', () => {
    const gone = 'The customer has blocked the bot. Answers cannot be delivered';
    const back = 'The customer is back. Answers are delivered again.';
    const told = (...comments: string[]): Violation['kind'][] =>
      kinds(history({ said: [], conversations: [conversation({ comments })] }));
    expect(told(gone, back, gone)).toEqual([]);
    expect(told(gone, gone)).toEqual(['told twice']);
    expect(told(back)).toEqual(['told twice']);
  });
});

describe('a post that was deleted', () => {
  const deleted = ['s1v1 s1v2'];

  test('takes its words with it: they were shown', () => {
    const gone = conversation({ deleted, comments: ['s2v1'] });
    expect(kinds(history({ said: [says(1, { version: 2 }), says(2)], conversations: [gone] }))).toEqual([]);
  });

  test('is replaced by one post', () => {
    const said = [says(1, { version: 2 })];
    const replaced = (posts: string[]): Violation['kind'][] =>
      kinds(history({ said, conversations: [conversation({ deleted, posts })] }));
    expect(replaced(['continued'])).toEqual([]);
    expect(replaced(['continued', 'continued'])).toEqual(['second post']);
  });

  test('an edit of its words is shown, late', () => {
    const said = [says(1, { version: 3 }), says(2)];
    const late = conversation({ deleted, comments: ['s2v1', 's1v3'] });
    expect(kinds(history({ said, conversations: [late] }))).toEqual([]);
    const never = conversation({ deleted, comments: ['s2v1'] });
    expect(kinds(history({ said, conversations: [never] }))).toEqual(['stale wording']);
  });

  test('no link to it is missed', () => {
    const link = {
      message: '5',
      side: 'staff',
      role: 'post',
      place: 'd1',
      made: 0,
      wordings: [{ token: 1, version: 2 }],
    };
    const given = { said: [says(1, { version: 2 })], conversations: [conversation({ deleted })], links: [link] };
    expect(kinds(history(given))).toEqual([]);
  });
});

describe('replies', () => {
  const threads = { c1: 70, c2: 70, '-100/2': 70 };
  const to = (token: number, by: 'customer' | 'agent' = 'customer') => says(3, { by, answers: token });

  test.each([
    ['of a customer to an answer, at the comment that it was', to(2), { comments: ['s1v1', 's3v1 -> -100/2'] }],
    ['of a customer to themselves, at the copy', to(1), { comments: ['s1v1', 's3v1 -> c1'] }],
    [
      'of an agent to a customer, at what they wrote',
      to(1, 'agent'),
      { comments: ['s1v1'], answers: ['s2v1', 's3v1 -> 501/1'] },
    ],
    ['of an agent to an agent, at the copy', to(2, 'agent'), { comments: ['s1v1'], answers: ['s2v1', 's3v1 -> a1'] }],
  ])('%s', (_, reply, texts) => {
    const said = [says(1), says(2, { by: 'agent' }), reply];
    const shownNow = (change: (text: string) => string): Violation['kind'][] => {
      const { comments, answers = ['s2v1'] }: { comments: string[]; answers?: string[] } = texts;
      const changed = { comments: comments.map(change), answers: answers.map(change) };
      return kinds(history({ said, conversations: [conversation(changed)], threads }));
    };
    expect(shownNow((text) => text)).toEqual([]);
    expect(shownNow((text) => text.replace(/ -> .*/, ''))).toEqual(['wrong reply']);
    expect(shownNow((text) => text.replace(/ -> .*/, ' -> -100/70'))).toEqual(['wrong reply']);
  });

  test('what replies to nothing points at the root, or at nothing', () => {
    const said = [says(1), says(2, { by: 'agent' })];
    const given = (comment: string, answer: string): Violation['kind'][] =>
      kinds(history({ said, conversations: [conversation({ comments: [comment], answers: [answer] })], threads }));
    expect(given('s1v1 -> -100/70', 's2v1')).toEqual([]);
    expect(given('s1v1 -> -100/71', 's2v1')).toEqual(['wrong reply']);
    expect(given('s1v1', 's2v1 -> 501/1')).toEqual(['wrong reply']);
  });

  test('a target in another thread is not pointed at', () => {
    const said = [says(1), says(3, { answers: 1 })];
    const comments = ['s1v1', 's3v1 -> -100/80'];
    const given = { said, conversations: [conversation({ comments })], threads: { c1: 70, c2: 80 } };
    expect(kinds(history(given))).toEqual([]);
    const across = conversation({ comments: ['s1v1', 's3v1 -> c1'] });
    expect(kinds(history({ ...given, conversations: [across] }))).toEqual(['wrong reply']);
  });

  test('a target of which the desk learned only when the reply had to go is not pointed at', () => {
    const said = [says(1), says(2, { by: 'agent' }), to(2)];
    const shownNow = conversation({ comments: ['s1v1', 's3v1 -> -100/70'], answers: ['s2v1'] });
    const noted = (place: string, made: number) => ({ message: place, side: '', role: '', place, made, wordings: [] });
    const places = { a1: 's2v1', c2: 's3v1' };
    const given = (made: number): Violation['kind'][] =>
      kinds(
        history({ said, conversations: [shownNow], threads, places, links: [noted('a1', made), noted('c2', 5_000)] }),
      );
    expect(given(4_500)).toEqual([]);
    expect(given(3_000)).toEqual(['wrong reply']);
  });

  test('a target that was taken back, or of which the desk was told later, may be anything', () => {
    const comments = ['s1v1', 's3v1 -> -100/70'];
    for (const target of [says(2, { by: 'agent', handed: 8 }), says(2, { by: 'agent', unsent: 8 })]) {
      const said = [says(1), target, says(3, { answers: 2 })];
      const answers = target.unsent ? [] : ['s2v1'];
      const given = history({ said, conversations: [conversation({ comments, answers })], threads });
      expect(kinds(given)).toEqual([]);
    }
  });
});

describe('links', () => {
  const link = {
    message: '5',
    side: 'staff',
    role: 'copy',
    place: 'c1',
    made: 0,
    wordings: [{ token: 1, version: 1 }],
  };
  const given = (places: Record<string, string>): History =>
    history({ said: [says(1)], conversations: [conversation({ comments: ['s1v1'] })], links: [link], places });

  test('a link to a message that says the same, among others, is right', () => {
    expect(kinds(given({ c1: 's1v1\n\ns2v1' }))).toEqual([]);
  });

  test('of a message that is shown in parts one part says it; each of them must stand there', () => {
    const parts = (places: Record<string, string>): History => ({
      ...given(places),
      links: [link, { ...link, place: 'c2' }],
    });
    expect(kinds(parts({ c1: '#t3 Ann', c2: 's1v1' }))).toEqual([]);
    expect(kinds(parts({ c2: 's1v1' }))).toEqual(['wrong link']);
    expect(kinds(parts({ c1: '#t3 Ann', c2: 's1v2' }))).toEqual(['wrong link', 'wrong link']);
  });

  test.each([
    ['to no message', {}],
    ['to another message', { c1: 's2v1' }],
    ['to another wording', { c1: 's1v2' }],
  ])('a link %s is wrong', (_, places: Record<string, string>) => {
    expect(kinds(given(places))).toEqual(['wrong link']);
  });
});
