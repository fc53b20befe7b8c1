import type { LaneView, MessageView } from '../../src/delivery/lane.js';
import type { Content } from '../../src/relay/content.js';
import { media, text } from './support/people.js';
import { alarmed, carryOut, delivery, lane, message, plan, plannedSend } from './support/lanes.js';

const scarce = { mergeUpTo: 800 };
const waiting = (...said: (string | Content | MessageView)[]): LaneView => lane(said.map((each) => delivery(each)));
const calls = (view: LaneView): string[] => carryOut(view, scarce).calls;

/** The messages of a comment that they share, as the store shows them. */
function shared(...said: string[]): MessageView[] {
  const { shown } = carryOut(waiting(...said), scarce);
  return shown.map((each) => ({ ...each, shared: shown }));
}

/** One of them after an edit, and the others as they are. */
function edited(messages: MessageView[], index: number, content: Content): LaneView {
  const changed = messages.map((each, at) => (at === index ? { ...each, content } : each));
  return lane([delivery({ ...changed[index]!, shared: changed })]);
}

test('waiting texts of a customer share a comment when calls are scarce, each with a link to it', () => {
  const view = waiting('one', 'two', 'three');
  expect(calls(view)).toEqual(['send one\n\ntwo\n\nthree']);
  const send = plannedSend(view, scarce);
  expect(send.pieces.map(({ slot }) => slot)).toEqual([0, 1, 2]);
  expect(plan(view, scarce)).toMatchObject({ deliveries: view.deliveries.map(({ id }) => id), complete: true });
});

test('while calls are to be had each text gets its own', () => {
  expect(carryOut(waiting('one', 'two')).calls).toEqual(['send one', 'send two']);
});

test.each<[string, string | Content | MessageView]>([
  ['media', media('photo')],
  [
    'an answer to something',
    message('re', { answers: '1', replyTo: { externalId: '-1002/40', role: 'copy', thread: '5' } }),
  ],
  ['an answer to what still waits', message('re', { answers: '1' })],
  ['a line of the desk’s own', message('desk', { author: 'desk' })],
  ['an item of an album', message(media('photo'), { album: '1' })],
  ['what was sent before', message('old', { links: [{ part: 0, role: 'copy', externalId: '-1002/41', digest: '' }] })],
])('%s ends the run', (_name, other) => {
  const [step] = [plan(waiting('one', 'two', other, 'three'), scarce)];
  expect(step).toMatchObject({ kind: 'send', send: { pieces: [{ slot: 0 }, { slot: 1 }] } });
});

test('the first may be an answer: the comment answers what it does', () => {
  const answer = message('re', { replyTo: { externalId: '-1002/40', role: 'copy', thread: '5' } });
  expect(plannedSend(waiting(answer, 'two'), scarce)).toMatchObject({ replyTo: '-1002/40', pieces: [{}, {}] });
});

test('a comment ends before it would be too long to read', () => {
  expect(calls(waiting('x'.repeat(500), 'y'.repeat(400)))).toEqual(['send xxx…500', 'send yyy…400']);
});

test('a text that is too long for any comment is split and shares none', () => {
  expect(calls(waiting('x'.repeat(5_000), 'y'))).toEqual(['send xxx…4096', 'send xxx…904', 'send y']);
});

test('outside its thread, and on the customer’s side, nothing is put together', () => {
  expect(carryOut(lane([delivery('one'), delivery('two')], { thread: alarmed }), scarce).calls).toHaveLength(2);
  const answers = [delivery(message('one', { author: 'agent' })), delivery(message('two', { author: 'agent' }))];
  expect(carryOut(lane(answers, { queue: 'customer' }), scarce).calls).toHaveLength(2);
});

test('an edit of one renders the comment anew', () => {
  const messages = shared('one', 'two');
  expect(calls(edited(messages, 0, text('ONE')))).toEqual(['edit copy of one\n\ntwo to ONE\n\ntwo']);
});

test('an edit that has been rendered for another of them causes no call', () => {
  const messages = shared('one', 'two');
  expect(calls(lane([delivery(messages[1]!)]))).toEqual([]);
});

test.each<[string, Content]>([
  ['media', media('photo')],
  ['longer than the comment can become', text('x'.repeat(4_095))],
])('one that becomes %s gets a comment of its own', (_name, content) => {
  const view = edited(shared('one', 'two'), 0, content);
  expect(plan(view, scarce)).toMatchObject({ kind: 'detach', link: { slot: 0 } });
});

test('what is put together reads the same again, so nothing is edited after a restart', () => {
  const messages = shared('one', 'two', 'three');
  for (const each of messages) expect(calls(lane([delivery(each)]))).toEqual([]);
});
