import { plainText, type Content } from '../../src/relay/content.js';
import type { ExternalId, PlaceId } from '../../src/relay/ids.js';
import {
  DeliveryError,
  shapeOf,
  type Card,
  type Messenger,
  type Rejection,
  type StaffSurface,
} from '../../src/relay/ports.js';

/** A plug at work, and what a test needs to see through it. Every plug has one of these. */
export interface PlugBench {
  readonly plug: Messenger;
  /** A place that the plug can write to. */
  readonly place: PlaceId;
  /** The texts and captions that a person sees there, in order. */
  sees(): Promise<string[]>;
  /** A message of that place that is gone by now. */
  gone(): Promise<ExternalId>;
  /** Two pictures that may stand in one album. */
  readonly pictures: readonly [Content, Content];
  /** Makes the next call be carried out and its answer be lost. */
  loseNextAnswer(): Promise<void>;
  /** Makes the next call be refused for `seconds`. */
  refuseNext(seconds: number): Promise<void>;
}

export interface SurfaceBench extends PlugBench {
  readonly plug: StaffSurface;
  readonly card: Card;
  /** What the post says that was opened. */
  seesPost(post: ExternalId): Promise<string>;
}

async function failure(call: Promise<unknown>): Promise<DeliveryError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof DeliveryError) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}

function rejected(reason: Rejection): object {
  return { kind: 'rejected', reason };
}

/** What every plug holds to, whatever it plugs into: a new one passes these before anything else. */
export function describePlug(name: string, open: () => Promise<PlugBench>): void {
  const edit = (plug: Messenger, message: ExternalId, text: string): Promise<void> =>
    plug.edit({ message, shape: 'text', content: plainText(text) });

  describe(`${name} holds to the contract of a plug`, () => {
    let bench: PlugBench;
    beforeEach(async () => {
      bench = await open();
    });

    test('what is sent is seen, and has an id of its own', async () => {
      const { plug, place } = bench;
      const [one] = await plug.send({ to: place, contents: [plainText('one')] });
      const [two] = await plug.send({ to: place, contents: [plainText('two')] });
      expect(one).not.toEqual(two);
      expect((await bench.sees()).slice(-2)).toEqual(['one', 'two']);
    });

    test('an edit changes the message and nothing else; the same edit again succeeds', async () => {
      const { plug, place } = bench;
      const [id] = await plug.send({ to: place, contents: [plainText('before')] });
      await edit(plug, id!, 'after');
      await edit(plug, id!, 'after');
      expect((await bench.sees()).slice(-1)).toEqual(['after']);
    });

    test('a deletion takes the message away; the same deletion again succeeds', async () => {
      const { plug, place } = bench;
      const [id] = await plug.send({ to: place, contents: [plainText('gone soon')] });
      await plug.delete(id!);
      await plug.delete(id!);
      expect(await bench.sees()).not.toContain('gone soon');
    });

    test('an album is shown whole, with an id per item, in order', async () => {
      const { plug, place, pictures } = bench;
      expect(plug.albumClass(pictures[0])).toBeDefined();
      const ids = await plug.send({ to: place, contents: pictures });
      expect(new Set(ids).size).toBe(2);
      expect((await bench.sees()).slice(-2)).toEqual(['first picture', 'second picture']);
    });

    test('an edit of a message that is gone is certainly refused', async () => {
      const { outcome } = await failure(edit(bench.plug, await bench.gone(), 'too late'));
      expect(outcome).toEqual(rejected('message_gone'));
    });

    test('a lost answer is uncertain: the message may be there', async () => {
      const { plug, place } = bench;
      await bench.loseNextAnswer();
      const { outcome } = await failure(plug.send({ to: place, contents: [plainText('perhaps')] }));
      expect(outcome).toEqual({ kind: 'uncertain' });
      expect((await bench.sees()).slice(-1)).toEqual(['perhaps']);
    });

    test('a refusal for a time says for how long, and nothing was shown', async () => {
      const { plug, place } = bench;
      await bench.refuseNext(3);
      const { outcome } = await failure(plug.send({ to: place, contents: [plainText('not yet')] }));
      expect(outcome).toMatchObject({ kind: 'retry', scope: 'place' });
      if (outcome.kind === 'retry') expect(outcome.afterMs).toBeGreaterThanOrEqual(3_000);
      expect(await bench.sees()).not.toContain('not yet');
    });

    test('every piece of a text that is too long can be sent, and together they are the text', async () => {
      const { plug, place } = bench;
      const words = Array.from({ length: 2_000 }, (_, number) => `word${number}`).join(' ');
      const pieces = plug.cut(plainText(words));
      expect(pieces.length).toBeGreaterThan(1);
      for (const piece of pieces) await plug.send({ to: place, contents: [piece] });
      expect((await bench.sees()).slice(-pieces.length).join(' ')).toBe(words);
    });

    test('what can become something else does, when it is edited', async () => {
      const { plug, place, pictures } = bench;
      const [from, to] = pictures;
      expect(plug.canBecome(shapeOf(from), to)).toBe(true);
      expect(plug.canBecome(shapeOf(from), plainText('words'))).toBe(false);
      const [id] = await plug.send({ to: place, contents: [from] });
      await plug.edit({ message: id!, shape: shapeOf(from), content: to });
      expect((await bench.sees()).slice(-1)).toEqual(['second picture']);
    });
  });
}

/** What a staff surface holds to beside that. */
export function describeSurface(name: string, open: () => Promise<SurfaceBench>): void {
  describePlug(name, open);
  describe(`${name} holds to the contract of a staff surface`, () => {
    let bench: SurfaceBench;
    beforeEach(async () => {
      bench = await open();
    });

    test('a thread opens with a post that shows the card, and follows it', async () => {
      const { plug, card } = bench;
      const post = await plug.openThread(card);
      expect(await bench.seesPost(post)).toContain('Ann');
      const renamed = { ...card, customer: { ...card.customer, firstName: 'Anna' } };
      await plug.updateThread(post, renamed);
      await plug.updateThread(post, renamed);
      expect(await bench.seesPost(post)).toContain('Anna');
    });

    test('a comment to a target that is gone is certainly refused, and lands nowhere else', async () => {
      const { plug, place } = bench;
      const replyTo = await bench.gone();
      const { outcome } = await failure(plug.send({ to: place, contents: [plainText('lost')], replyTo }));
      expect(outcome).toEqual(rejected('reply_target_gone'));
      expect(await bench.sees()).not.toContain('lost');
    });

    test('a post that is gone is told apart when its card is updated', async () => {
      const { plug, card } = bench;
      const post = await plug.openThread(card);
      await plug.delete(post);
      const { outcome } = await failure(plug.updateThread(post, { ...card, standing: 'blocked' }));
      expect(outcome).toEqual(rejected('message_gone'));
    });

    test('it knows its places', () => {
      expect(bench.plug.places()).toEqual({ posts: expect.any(String) as string, comments: bench.place });
    });
  });
}
