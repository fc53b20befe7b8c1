import type { BenchServer } from '../postgres.js';
import { openConversations } from '../office.js';
import { openScaledOffice } from './play.js';

export interface Cycle {
  readonly talkers: number;
  /** How many bots carry comments, the desk's own among them. */
  readonly bots: number;
  /** Seconds: 60 C / (20 R), the theory of a saturated desk that serves everybody once per cycle. */
  readonly predicted: number;
  readonly worst: number;
}

/** `talkers` customers who always have something waiting: how long the one who waits longest waits. */
export async function measureCycle(
  { server, factor }: { readonly server: BenchServer; readonly factor: number },
  { talkers, bots }: Pick<Cycle, 'talkers' | 'bots'>,
): Promise<Cycle> {
  const office = await openScaledOffice({ server, factor, relayBots: bots - 1 }, talkers);
  try {
    const { telegram, watch } = office;
    const customers = await openConversations(office, talkers);
    const predicted = (60 * talkers) / (20 * bots);
    const startedAt = telegram.now();
    let writes = 0;
    // A quarter of a cycle between two messages of one customer; three cycles, the first not counted.
    while (telegram.now() < startedAt + 3 * predicted) {
      const customer = customers[writes % talkers];
      if (!customer) break;
      const { mark } = watch.expect({ conversation: customer.conversation, to: 'staff' });
      telegram.writes(customer.person, { kind: 'text', text: `${mark} and one thing more` });
      writes += 1;
      const next = startedAt + (writes * predicted) / (4 * talkers);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, ((next - telegram.now()) * 1_000) / factor)));
    }
    const endedAt = telegram.now();
    while (watch.waiting() > 0 && telegram.now() < endedAt + 3 * predicted) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const waits = [...watch.messages.values()]
      .filter(({ writtenAt }) => writtenAt > startedAt + predicted)
      .map(({ writtenAt, seenAt }) => (seenAt ?? telegram.now()) - writtenAt);
    return { talkers, bots, predicted, worst: Math.max(...waits) };
  } finally {
    await office.close();
  }
}
