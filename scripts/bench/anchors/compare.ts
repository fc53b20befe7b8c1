import { policies, type Policy } from '../model/desk.js';
import { playModel, sustainableLoad, warmUpMinutes } from '../model/run.js';
import type { ModelRow } from '../results.js';

/** The plain policies, and those that the desk adds, on the same workload in a model of the same server. */
export function comparePolicies({ isQuick }: { readonly isQuick: boolean }): ModelRow[] {
  return policies.map((policy) => compare(policy, isQuick ? 10 : 60));
}

function compare(policy: Policy, minutes: number): ModelRow {
  const length = minutes + warmUpMinutes;
  const loads = [10, 30, 60].map((p95) => ({ p95, perMinute: sustainableLoad(policy, p95, minutes) }));
  const perMinute = loads.find(({ p95 }) => p95 === 30)?.perMinute ?? Number.NaN;
  const there = playModel(policy, { seed: 1, perMinute, minutes: length });
  const flood = { fromMinute: warmUpMinutes, minutes: 10, perSecond: 5 };
  const curve = [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32, 36, 40, 44, 48, 56, 64, 78].map((x) => ({
    x,
    y: playModel(policy, { seed: 1, perMinute: x, minutes: length }).relay.p95,
  }));
  return {
    policy: policy.name,
    loads,
    callsPerMessage: there.groupCallsPerMessage,
    refused: there.refused,
    answersP95: there.answers.p95,
    floodP95: playModel(policy, { seed: 1, perMinute: 6, minutes: length, flood }).relay.p95,
    curve,
  };
}
