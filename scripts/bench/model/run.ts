import { createRandom } from '../random.js';
import { summarize, type Summary } from '../statistics.js';
import { startWorkload, type Saying, type WorkloadOptions } from '../workload.js';
import { createModelDesk, type Policy } from './desk.js';
import { createServer } from './server.js';
import { createTimeline } from './timeline.js';

/** Minutes at the beginning that are not counted. */
export const warmUpMinutes = 5;

export interface ModelResult {
  /** Seconds from writing to being seen, of messages written after the warm-up and not by the flooder. */
  readonly relay: Summary;
  readonly answers: Summary;
  readonly flooder: Summary;
  readonly groupCallsPerMessage: number;
  readonly refused: number;
}

/** Plays the workload on the model until everything is shown. */
export function playModel(policy: Policy, workload: WorkloadOptions): ModelResult {
  const timeline = createTimeline();
  const random = createRandom(workload.seed, 4);
  const server = createServer({ timeline, random });
  const written = new Map<number, number>();
  const times: Record<'relay' | 'answers' | 'flooder', number[]> = { relay: [], answers: [], flooder: [] };
  let counted = 0;
  const onSeen = (saying: Saying): void => {
    const at = written.get(saying.id) ?? Number.NaN;
    people.delivered(saying.id);
    if (at < warmUpMinutes * 60) return;
    if (saying.author === 'agent') times.answers.push(timeline.now() - at);
    else times[saying.conversation === people.flooder ? 'flooder' : 'relay'].push(timeline.now() - at);
  };
  const desk = createModelDesk({ policy, timeline, server, random, onSeen });
  const says = (saying: Saying): void => {
    written.set(saying.id, timeline.now());
    if (saying.author === 'customer') counted += 1;
    desk.says(saying);
  };
  const people = startWorkload({ after: timeline.after, says, edits: desk.edits }, workload);
  timeline.run();
  return {
    relay: summarize(times.relay),
    answers: summarize(times.answers),
    flooder: summarize(times.flooder),
    groupCallsPerMessage: server.carriedOut.filter(({ chat }) => chat === 'group').length / counted,
    refused: server.refused,
  };
}

/** The largest load, in messages per minute, at which the p95 of two of three seeds stays below so many seconds. */
export function sustainableLoad(policy: Policy, p95Seconds: number, minutes = 60): number {
  const holds = (perMinute: number): boolean => {
    const seeds = [1, 2, 3].filter((seed) => {
      const { relay } = playModel(policy, { seed, perMinute, minutes: minutes + warmUpMinutes });
      return relay.p95 <= p95Seconds;
    });
    return seeds.length >= 2;
  };
  let load = 2;
  for (const step of [8, 4, 2, 1, 0.5]) while (load < 100 && holds(load + step)) load += step;
  return load;
}
