import type { TalkAction } from '../actions.js';
import { isAnswer, saidBy, skip, type Done, type Scene } from '../people.js';
import { openPostOf } from './voice.js';

type Deed = Extract<TalkAction, { kind: 'unsends' | 'sends' | 'deletes post' }>;

/** What only the team does. */
export async function agentDoes(scene: Scene, action: Done<Deed>): Promise<string> {
  const { customer, agent } = action.cast;
  if (action.kind === 'deletes post') return deletesPost(scene, action);
  const record = saidBy(scene, { by: 'agent', customer, back: action.back }, isAnswer);
  if (!record) return skip(scene, 'there is no answer');
  if (action.kind === 'sends') {
    await agent.repliesTo(record.ref, '/send');
    record.sentAgain = true;
    return `asks for s${record.token} to be sent`;
  }
  record.unsentBy = await agent.repliesTo(record.ref, '/unsend');
  scene.counts.unsent += 1;
  return `takes s${record.token} back`;
}

async function deletesPost(scene: Scene, { cast }: Done): Promise<string> {
  const post = await openPostOf(scene.control, cast.customer.id);
  if (!post) return skip(scene, 'there is no post to delete');
  await scene.owner.deletesPost(post.ref);
  scene.deletedPosts.push(post);
  return `has the post ${post.ref.messageId} deleted`;
}
