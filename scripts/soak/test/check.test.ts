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

describe('links', () => {
  const link = { message: '5', side: 'staff', role: 'copy', place: 'c1', wordings: [{ token: 1, version: 1 }] };
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
