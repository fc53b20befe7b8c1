import type { Person, SandboxClient } from '../../../apps/sandbox/src/control/client.js';
import type { TalkAction } from '../actions.js';
import { composed, editedText, isEditable } from '../compose.js';
import { isAnswer, saidBy, skip, type Done, type Record, type Scene } from '../people.js';
import { heard, inPrivate, inThread, type Heard, type Voice } from './voice.js';

type Deed<Kind extends TalkAction['kind']> = Done<Extract<TalkAction, { kind: Kind }>>;

/** Whatever puts words into a chat. */
export async function speaks(scene: Scene, action: Deed<'says' | 'album' | 'edits'>): Promise<string> {
  if (action.kind === 'edits') return edits(scene, action);
  const voice = await voiceOf(scene, action);
  if (!voice) return skip(scene, 'the comments are not open');
  return action.kind === 'says' ? says(scene, action, voice) : saysAlbum(scene, action, voice);
}

async function voiceOf({ control }: Scene, { by, cast }: Done): Promise<Voice | undefined> {
  const { agent, customer } = cast;
  return by === 'customer' ? inPrivate(customer) : inThread(control, { agent, customer: customer.id });
}

async function says(scene: Scene, action: Deed<'says'>, voice: Voice): Promise<string> {
  const { token, form, note, by, cast } = action;
  const target = await targetOf(scene, action, voice);
  const ref = await voice.says(composed({ token, version: 1 }, { form, note }), target?.ref);
  const said = { token, by, customer: cast.customer.id, form, note, ref, version: 1 };
  scene.records.push({ ...said, ...(target && { answers: target.token }) });
  return `s${token}, a ${form}${note ? ', a note' : ''}${target ? `, in reply to s${target.token}` : ''}`;
}

async function targetOf(
  scene: Scene,
  { answers, by, cast: { customer } }: Deed<'says'>,
  voice: Voice,
): Promise<Heard | undefined> {
  if (!answers) return undefined;
  const there = await voice.sees();
  const { own, back } = answers;
  // After a post was deleted what was said stands in another thread.
  const isThere = ({ ref }: Record): boolean => there.some((one) => one.ref.messageId === ref.messageId);
  return own ? saidBy(scene, { by, customer, back }, (one) => isAnswer(one) && isThere(one)) : heard(there, back);
}

async function saysAlbum(scene: Scene, action: Deed<'album'>, voice: Voice): Promise<string> {
  const { tokens, note, by, gapMs, cast } = action;
  const items = tokens.map((token, index) =>
    composed({ token, version: 1 }, { form: 'photo', note: note && index === 0 }),
  );
  const customer = cast.customer.id;
  for (const [index, ref] of (await voice.saysAlbum(items, gapMs)).entries()) {
    scene.records.push({ token: tokens[index] ?? 0, by, customer, form: 'photo', note, ref, version: 1 });
  }
  return `an album of s${tokens.join(', s')}${note ? ', a note' : ''}`;
}

async function edits(scene: Scene, { by, back, times, cast }: Deed<'edits'>): Promise<string> {
  const { customer } = cast;
  const record = saidBy(scene, { by, customer, back }, ({ form }) => isEditable(form));
  // Who writes for the team may edit what they wrote themselves.
  const author = record && by === 'agent' ? await authorOf(scene.control, record, scene.agents) : customer;
  if (!record || !author) return skip(scene, 'there is nothing to edit');
  for (let time = 0; time < times; time += 1) {
    await author.edits(record.ref, editedText({ ...record, version: record.version + 1 }));
    record.version += 1;
    scene.counts.edits += 1;
  }
  return `edits s${record.token} to v${record.version}`;
}

async function authorOf(
  control: SandboxClient,
  { ref }: Record,
  agents: readonly Person[],
): Promise<Person | undefined> {
  const message = (await control.group.sees()).find((one) => one.ref.messageId === ref.messageId);
  return agents.find(({ id }) => id === message?.fromId);
}
