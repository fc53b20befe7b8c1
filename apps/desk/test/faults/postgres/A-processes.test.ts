import type { Person } from '../../../../sandbox/src/control/client.js';
import { untilReady, type Program } from '../../process/support.js';
import { answers } from '../../support/cast.js';
import { begun, inGroup, nothingOpen, openPlace, type Place } from './support.js';

test('7. SIGTERM under load: ended within ten seconds with exit code 0, a call that hangs or not, and nothing is lost', async () => {
  const place = await openPlace();
  const { ann, maria, post } = await begun(place);
  const { control, groupId } = place;
  const desk = place.start();
  await untilReady(desk);
  const inChat = (chatId: number): { method: string; chatId: number } => ({ method: 'sendMessage', chatId });
  await control.faults.add({ effect: { kind: 'slow', ms: 400 }, when: 'after', match: inChat(groupId), next: 1_000 });
  await control.faults.add({ effect: { kind: 'timeout' }, when: 'after', match: inChat(ann.id) });
  await maria.comments(post.ref, 'Answer');
  const texts = Array.from({ length: 40 }, (_, index) => `text ${index}`);
  for (const text of texts) await ann.writes(text);
  await control.until('the call to Ann hangs', async () => (await control.calls(inChat(ann.id))).length === 1);
  await control.until('the group is busy', async () => (await control.calls(inChat(groupId))).length > 2);
  const asked = performance.now();
  expect(await desk.stop()).toEqual({ code: 0, signal: null });
  expect(performance.now() - asked).toBeLessThan(10_000);
  await control.faults.clear();
  await untilReady(place.start());
  await nothingOpen(place, 42);
  expect(await inGroup(place, ...texts)).toEqual(texts);
  expect(await answers(ann)).toEqual(['Answer']);
});

test('8. two desks with one token: one asks, the other waits, and takes over within 15 seconds of a kill', async () => {
  const place = await openPlace();
  const { ann } = await begun(place);
  const { control } = place;
  const first = place.start();
  await untilReady(first);
  const second = place.start();
  await untilReady(second);
  await ann.writes('One');
  await nothingOpen(place, 2);
  expect(second.lines.join('\n')).not.toContain('this process does it now');
  const asked = (await control.calls({ method: 'getUpdates' })).length;
  await first.stop('SIGKILL');
  const died = performance.now();
  await ann.writes('Two');
  await control.until('the second asks', async () => (await control.calls({ method: 'getUpdates' })).length > asked);
  expect(performance.now() - died).toBeLessThan(15_000);
  await nothingOpen(place, 3);
  expect(await inGroup(place, 'One', 'Two')).toEqual(['One', 'Two']);
  for (const { lines } of [first, second]) expect(lines.join('\n')).not.toContain('another program asks for updates');
});

/** A desk that halted there with a comment of Ann's, which another desk has seen to since. */
async function takenOver(
  halt: 'before_call:stop' | 'after_call:stop',
): Promise<{ readonly place: Place; readonly ann: Person; readonly first: Program }> {
  const place = await openPlace();
  const { ann } = await begun(place);
  const first = place.start(halt);
  await untilReady(first);
  const second = place.start();
  await untilReady(second);
  await ann.writes('One');
  await second.says('"lease":"sender"', 'this process does it now');
  await nothingOpen(place, 2);
  return { place, ann, first };
}

test('10. a desk that was paused in front of a call notices that another has taken over, and does not make it', async () => {
  const { place, ann, first } = await takenOver('before_call:stop');
  process.kill(first.pid, 'SIGCONT');
  await first.says('"lease":"sender"', 'this process does it no more');
  await ann.writes('Two');
  await nothingOpen(place, 3);
  expect(await inGroup(place, 'One', 'Two')).toEqual(['One', 'Two']);
  expect(await place.control.calls({ method: 'sendMessage', chatId: place.groupId })).toHaveLength(2);
  expect(await first.stop()).toEqual({ code: 0, signal: null });
});

test('10. a desk that was paused behind a call, until another had settled it, changes nothing any more', async () => {
  const { place, ann, first } = await takenOver('after_call:stop');
  const links = (): Promise<unknown[]> =>
    place.database.query(`SELECT id, external_id, message_id FROM message_links ORDER BY id`);
  const settled = await links();
  process.kill(first.pid, 'SIGCONT');
  await first.says('"lease":"sender"', 'this process does it no more');
  expect(await links()).toEqual(settled);
  await ann.writes('Two');
  await nothingOpen(place, 3);
  expect(await inGroup(place, 'One', 'Two')).toEqual(['One', 'Two']);
  expect(await first.stop()).toEqual({ code: 0, signal: null });
});
