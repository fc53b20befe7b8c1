import type { Person } from '../../../apps/sandbox/src/control/client.js';
import { skip, type Scene } from '../people.js';

export async function blocks(scene: Scene, customer: Person): Promise<string> {
  const { away, counts } = scene;
  if (away.has(customer)) return skip(scene, 'the bot is blocked already');
  await customer.blocks();
  away.add(customer);
  counts.blocks += 1;
  return 'blocks the bot';
}

export async function returns(scene: Scene, customer: Person): Promise<string> {
  const { away } = scene;
  if (!away.has(customer)) return skip(scene, 'the bot is not blocked');
  await customer.unblocks();
  away.delete(customer);
  return 'is back';
}
