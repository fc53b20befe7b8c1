import { policies, type Policy } from '../../../../scripts/bench/model/desk.js';
import { playModel } from '../../../../scripts/bench/model/run.js';
import { createServer } from '../../../../scripts/bench/model/server.js';
import { createTimeline } from '../../../../scripts/bench/model/timeline.js';
import { readOptions, UsageError } from '../../../../scripts/bench/options.js';
import { createRandom } from '../../../../scripts/bench/random.js';
import { quantile, summarize } from '../../../../scripts/bench/statistics.js';
import { startWorkload, type Saying } from '../../../../scripts/bench/workload.js';

const workload = { seed: 1, perMinute: 12, minutes: 60 };

/** What people say when everything is delivered after this many seconds. */
function said(seed: number, deliveredAfter: number): { sayings: Saying[]; perMinute: number } {
  const timeline = createTimeline();
  const sayings: Saying[] = [];
  const people = startWorkload(
    {
      after: timeline.after,
      says: (saying) => {
        sayings.push(saying);
        timeline.after(deliveredAfter, () => people.delivered(saying.id));
      },
      edits: () => undefined,
    },
    { seed, perMinute: 30, minutes: 600 },
  );
  timeline.run();
  return { sayings, perMinute: sayings.filter(({ author }) => author === 'customer').length / 600 };
}

const inOrder = (sayings: readonly Saying[]): string[] =>
  sayings
    .map(({ conversation, author, isMedia, isFirst }) => [conversation, author, isMedia, isFirst].join(' '))
    .sort();

describe('the workload', () => {
  it('says as much per minute as was asked for', () => {
    expect(said(1, 1).perMinute).toBeGreaterThan(27);
    expect(said(1, 1).perMinute).toBeLessThan(33);
  });

  it('is the same for a slow desk as for a quick one, and another for another seed', () => {
    expect(inOrder(said(1, 1).sayings)).toEqual(inOrder(said(1, 60).sayings));
    expect(inOrder(said(1, 1).sayings)).not.toEqual(inOrder(said(2, 1).sayings));
  });

  it('has one file in ten, three rounds of two and a half messages, and answers', () => {
    const { sayings } = said(3, 1);
    const customers = sayings.filter(({ author }) => author === 'customer');
    const conversations = new Set(sayings.map(({ conversation }) => conversation)).size;
    expect(customers.length / conversations).toBeCloseTo(7.5, 0);
    expect((sayings.length - customers.length) / conversations).toBeCloseTo(3.9, 0);
    expect(customers.filter(({ isMedia }) => isMedia).length / customers.length).toBeCloseTo(0.1, 1);
  });
});

describe("the model of Telegram's server", () => {
  it('refuses the twenty-first call of a minute and says how long to wait', () => {
    const timeline = createTimeline();
    const server = createServer({ timeline, random: createRandom(1) });
    const answers: (number | undefined)[] = [];
    for (let call = 0; call < 21; call += 1) {
      timeline.after(call * 2, () => server.call('group', (retryAfter) => answers.push(retryAfter)));
    }
    timeline.run();
    expect(answers.slice(0, 20).every((answer) => answer === undefined)).toBe(true);
    expect(answers[20]).toBeGreaterThanOrEqual(19);
    expect(answers[20]).toBeLessThanOrEqual(21);
  });

  it('lets three calls through at once in a private chat, and then one a second', () => {
    const timeline = createTimeline();
    const server = createServer({ timeline, random: createRandom(1) });
    for (let call = 0; call < 4; call += 1) server.call(7, () => undefined);
    timeline.run();
    expect(server).toMatchObject({ refused: 1, carriedOut: { length: 3 } });
  });
});

describe('the policies', () => {
  const named = (name: string): Policy => policies.find((policy) => policy.name === name)!;

  it.each(policies.filter(({ calls }) => calls === 'paced'))('$name meets no refusal', (policy) => {
    expect(playModel(policy, { ...workload, perMinute: 30 }).refused).toBe(0);
  });

  it('show everything that was said', () => {
    const counts = policies.map((policy) => {
      const { relay, answers } = playModel(policy, workload);
      return relay.count + answers.count;
    });
    expect(Math.min(...counts)).toBeGreaterThan(500);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(60);
  });

  it('merge into fewer calls than messages, and need one call each without merging', () => {
    const heavy = { ...workload, perMinute: 30 };
    expect(playModel(named('+ merging'), heavy).groupCallsPerMessage).toBeLessThan(0.85);
    expect(playModel(named('+ lanes'), heavy).groupCallsPerMessage).toBeGreaterThan(1);
  });

  it('spare others a flooder only when merging and fairness come together', () => {
    const flood = { fromMinute: 5, minutes: 3, perSecond: 5 };
    const beside = (name: string): number => playModel(named(name), { ...workload, perMinute: 6, flood }).relay.p95;
    expect(beside('+ fairness')).toBeLessThan(40);
    expect(beside('window per chat')).toBeGreaterThan(1_000);
  });
});

describe('figures', () => {
  it('are taken by rank', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(summarize(values)).toEqual({ count: 100, p50: 50, p95: 95, p99: 99, most: 100 });
    expect(quantile([3], 0.95)).toBe(3);
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('the command line', () => {
  it('runs everything when no part is named', () => {
    expect(readOptions([])).toMatchObject({ parts: { length: 5 }, isQuick: false, out: 'docs/benchmarks' });
  });

  it('keeps short runs away from the published figures', () => {
    expect(readOptions(['relay', '--quick'])).toMatchObject({ parts: ['relay'], out: 'data/benchmarks' });
  });

  it.each([[['speed']], [['--max', 'many']], [['--unknown']]])('refuses %j', (args) => {
    expect(() => readOptions(args)).toThrow(UsageError);
  });
});
