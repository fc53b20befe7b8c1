import type { Usage } from '../reply.js';

/** Who uses which reply how often: what is used much stands higher, most of all what oneself uses. */

/** After this long a use counts half. The same in SQL: store/cannedUse.ts. */
export const halfLifeDays = 14;
const halfLifeMs = halfLifeDays * 24 * 60 * 60 * 1_000;
const teamWeight = 0.08;
const ownWeight = 0.12;
/** When nothing was asked for, one's own uses count this much beside those of the team. */
const ownShare = 2;

export interface Habits {
  /** By how much a reply that fits is raised; 1 for one that nobody uses. */
  factor(id: string): number;
  /** The most used lately first; those that nobody uses follow in the order given. */
  order(ids: readonly string[]): string[];
}

export interface AllHabits {
  note(usage: Usage): void;
  of(person: string, now: Date): Habits;
}

export function habitsOf(): AllHabits {
  const byReply = new Map<string, Map<string, Usage>>();
  const sums = (id: string, person: string, now: number): { own: number; team: number } => {
    let own = 0;
    let team = 0;
    for (const usage of byReply.get(id)?.values() ?? []) {
      const left = usage.recent * 0.5 ** (Math.max(0, now - usage.at.getTime()) / halfLifeMs);
      team += left;
      if (usage.person === person) own += left;
    }
    return { own, team };
  };
  return {
    note: (usage) => {
      const people = byReply.get(usage.reply);
      if (people) people.set(usage.person, usage);
      else byReply.set(usage.reply, new Map([[usage.person, usage]]));
    },
    of: (person, now) => {
      const time = now.getTime();
      return {
        factor: (id) => {
          if (!byReply.has(id)) return 1;
          const { own, team } = sums(id, person, time);
          return 1 + teamWeight * Math.log1p(team) + ownWeight * Math.log1p(own);
        },
        order: (ids) => {
          const used = ids.flatMap((id) => {
            if (!byReply.has(id)) return [];
            const { own, team } = sums(id, person, time);
            return [{ id, weight: team + ownShare * own }];
          });
          used.sort((a, b) => b.weight - a.weight);
          return [...used.map(({ id }) => id), ...ids.filter((id) => !byReply.has(id))];
        },
      };
    },
  };
}
