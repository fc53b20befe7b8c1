import type { Person } from '../../../sandbox/src/control/client.js';
import type { Sandbox } from '../../../sandbox/src/sandbox.js';
import { logLine, openSandbox, run, settingsFor, untilReady, type Program } from './support.js';

const rights = { can_post_messages: true, can_edit_messages: true };

/** What the log says at level `error`, which is what keeps the desk from working. */
const complaints = (desk: Program): unknown[] =>
  desk.lines.map(logLine).flatMap((entry) => (entry?.['level'] === 50 ? [entry['msg']] : []));

test('a bot without the right to post makes the desk wait; it goes on as soon as the right is granted', async () => {
  const sandbox = await openSandbox();
  const { bot } = await sandbox.control.overview();
  const owner = await sandbox.control.owner();
  await owner.promotes(bot, 'channel', { rights: { can_edit_messages: true } });
  const desk = run(await settingsFor(sandbox));
  await desk.says('the desk is running');
  expect(await untilReady(desk, 503)).toMatchObject({ status: 'not ready', database: true, setUp: false });
  expect(complaints(desk)).toEqual([
    'In the channel “Support” the bot lacks the right to post messages. Grant it: channel settings → Administrators.',
  ]);

  await owner.promotes(bot, 'channel', { rights });
  expect(await untilReady(desk)).toEqual({ status: 'ready', database: true, telegram: true, setUp: true });
  await desk.says('the desk is set up');
  await expectRelaying(sandbox);
});

test('a channel without a discussion group makes the desk wait; what customers write meanwhile is kept', async () => {
  const sandbox = await openSandbox();
  const owner = await sandbox.control.owner();
  const { bot } = await sandbox.control.overview();
  await owner.unlinksGroup();
  const desk = run(await settingsFor(sandbox));
  await desk.says('the desk is running');
  await untilReady(desk, 503);
  expect(complaints(desk)).toEqual([
    'The channel “Support” has no discussion group. Link one: channel settings → Discussion.',
  ]);
  const ann = await sandbox.control.addPerson({ firstName: 'Ann' });
  await ann.writes('Is anybody there?');

  await owner.linksGroup();
  // Telegram tells nobody of a link. The desk looks again when anything is changed for the bot, and from time to time.
  await owner.promotes(bot, 'channel', { rights });
  await untilReady(desk);
  await sandbox.control.until('the message is in the channel', async () =>
    (await sandbox.control.channel.sees()).find(({ text }) => text.includes('Is anybody there?')),
  );
});

test('101. a bot that is no administrator of the group is told apart from one that is', async () => {
  const sandbox = await openSandbox();
  const { bot } = await sandbox.control.overview();
  const owner = await sandbox.control.owner();
  // Without privacy mode a plain member sees the comments too.
  await (await sandbox.control.bot()).sets({ hasPrivacy: true });
  await owner.demotes(bot, 'group');
  const desk = run(await settingsFor(sandbox));
  await desk.says('the desk is running');
  await untilReady(desk, 503);
  expect(complaints(desk)).toEqual([
    'The bot is not an administrator of the discussion group “Support Chat”, so it does not see the comments. Make it one.',
  ]);
  await owner.promotes(bot, 'group');
  await untilReady(desk);
});

describe('without STAFF_CHANNEL_ID', () => {
  /** What a program that runs without a channel prints for its owner-to-be. */
  const ownersLink = (desk: Program): Promise<string> =>
    desk.until((line) => {
      const link = logLine(line)?.['link'];
      return typeof link === 'string' ? link : undefined;
    });
  const payloadOf = (link: string): string => new URL(link).searchParams.get('start')!;
  const lastWord = async (person: Person): Promise<string> => (await person.sees()).at(-1)!.text;

  test('the opener of the printed link becomes the owner, and their channel the desk’s', async () => {
    const sandbox = await openSandbox();
    const { control } = sandbox;
    const { bot } = await control.overview();
    const owner = await control.owner();
    await owner.removes(bot, 'channel');
    await owner.removes(bot, 'group');
    const settings = { ...(await settingsFor(sandbox)), STAFF_CHANNEL_ID: '' };
    const desk = run(settings);
    const link = await ownersLink(desk);
    expect(link).toMatch(new RegExp(`^https://t\\.me/${bot.username}\\?start=own_[A-Za-z0-9_-]{20,60}$`));
    await untilReady(desk, 503);

    const mallory = await control.addPerson({ firstName: 'Mallory' });
    await owner.starts(payloadOf(link));
    await control.until('the owner is welcomed', async () => (await lastWord(owner)).includes('You are now the owner'));
    await mallory.starts(payloadOf(link));
    await control.until('a second opener is turned away', async () =>
      (await lastWord(mallory)).includes('used already'),
    );

    const foreign = await mallory.makesChat({ kind: 'channel', title: 'Of a stranger' });
    await mallory.promotes(bot, foreign.id);
    await owner.promotes(bot, 'channel');
    await control.until('the owner is told what is missing', async () =>
      (await lastWord(owner)).includes('The bot cannot see the discussion group of “Support”'),
    );
    await owner.promotes(bot, 'group');
    await untilReady(desk);
    await control.until('the owner is told that all is there', async () =>
      (await lastWord(owner)).includes('The desk is ready. Posts go to “Support”, and comments to “Support Chat”.'),
    );
    expect(desk.lines.some((line) => line.includes(String(foreign.id)))).toBe(false);
    expect(desk.lines.filter((line) => line.includes(link))).toHaveLength(1);
    await desk.stop();

    const next = run(settings);
    await untilReady(next);
    expect(next.lines.filter((line) => line.includes('"link"'))).toEqual([]);
  });
});

async function expectRelaying({ control }: Sandbox): Promise<void> {
  const ann = await control.addPerson({ firstName: 'Ann' });
  await ann.writes('Hello');
  await control.until('the message is in the channel', async () =>
    (await control.channel.sees()).some(({ text }) => text.includes('Hello')),
  );
}
