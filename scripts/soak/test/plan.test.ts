import { isOmitted, type TroubleAction } from '../actions.js';
import { planTalk } from '../plan/talk.js';
import { planTrouble } from '../plan/trouble.js';
import { createRandom } from '../random.js';

const talkOf = (seed: number, rounds: readonly number[]): unknown[] => {
  const plan = planTalk(createRandom(seed, 'talk'));
  return rounds.map((lengthMs) => plan.round(lengthMs));
};
const troubleOf = (seed: number): TroubleAction[] =>
  planTrouble(createRandom(seed, 'trouble'), { desks: 2 }).round(600_000);

test('a seed plans the same actions again, and another seed others', () => {
  expect(talkOf(7, [60_000, 60_000])).toEqual(talkOf(7, [60_000, 60_000]));
  expect(troubleOf(7)).toEqual(troubleOf(7));
  expect(talkOf(8, [60_000])).not.toEqual(talkOf(7, [60_000]));
  expect(troubleOf(8)).not.toEqual(troubleOf(7));
});

test('no two messages have the same token, in all rounds', () => {
  const plan = planTalk(createRandom(1, 'talk'));
  const tokens = [...plan.round(60_000), ...plan.round(60_000)].flatMap((action) =>
    action.kind === 'says' ? [action.token] : action.kind === 'album' ? action.tokens : [],
  );
  expect(tokens.length).toBeGreaterThan(200);
  expect(new Set(tokens).size).toBe(tokens.length);
});

test('actions come in the order of their times', () => {
  const times = troubleOf(3).map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('in the long run every kind of trouble happens, to every desk', () => {
  const actions = troubleOf(5);
  expect(new Set(actions.map(({ kind }) => kind)).size).toBe(8);
  expect(new Set(actions.flatMap((action) => (action.kind === 'kill' ? [action.desk] : [])))).toEqual(new Set([0, 1]));
});

test('what spares the answers of calls leaves out what takes effect unknown, and nothing else', () => {
  const left = troubleOf(5).filter((action) => !isOmitted(action, new Set(['lost-answers'])));
  expect(left.some((action) => action.kind === 'fault')).toBe(true);
  expect(left.some((action) => action.kind === 'kill')).toBe(true);
  const losing = left.filter(
    (action) =>
      (action.kind === 'fault' && action.when === 'after') ||
      (action.kind === 'kill' && action.moment === 'after a call'),
  );
  expect(losing).toEqual([]);
});
