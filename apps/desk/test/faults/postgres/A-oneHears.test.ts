import type { Person } from '../../../../sandbox/src/control/client.js';
import { readConfig } from '../../../src/config.js';
import { startDesk } from '../../../src/desk.js';
import { silentLog } from '../../../src/log.js';
import { later, untilReady, logLine } from '../../process/support.js';
import { answers, conversation, opened, thread } from '../../support/cast.js';
import { nothingOpen, openPlace, type Place } from './support.js';

// Several processes of which one hears what the others have to know.

/** A desk in this process that takes in and handles what another one shows. */
async function hearing({ settings, database }: Place): Promise<void> {
  const desk = await startDesk(readConfig({ ...settings, PORT: '0', ROLE: 'intake,worker' }), silentLog, { database });
  later(() => desk.stop());
}

async function anotherGroup({ control }: Place, member: Person): Promise<number> {
  const owner = await control.owner();
  const { bot } = await control.overview();
  const { id } = await owner.makesChat({ kind: 'supergroup', title: 'The other room' });
  await owner.adds(member, id);
  await owner.linksGroup(id);
  await owner.promotes(bot, id);
  return id;
}

test('another group that one process hears of is where the others write at once, under one new post', async () => {
  const place = await openPlace();
  await untilReady(place.start(undefined, { ROLE: 'sender' }));
  await hearing(place);
  const { ann, maria, post } = await conversation(place);
  const other = await anotherGroup(place, maria);
  await ann.writes('in the other room');
  const next = await place.control.until('it is there', async () => {
    const found = (await maria.seesChannel()).find(
      ({ ref, comments }) => comments && ref.messageId !== post.ref.messageId,
    );
    return found && (await thread(maria, found)).includes('in the other room') && found;
  });
  await maria.comments(next.ref, 'found you');
  await nothingOpen(place, 3);
  expect(next.comments?.root.chatId).toBe(other);
  expect(await maria.seesChannel()).toHaveLength(2);
  expect(await answers(ann)).toEqual(['found you']);
});

test('the channel that its owner shows to one process is the others’ too: what they show arrives', async () => {
  const place = await openPlace({ STAFF_CHANNEL_ID: '' });
  const { control } = place;
  const desk = place.start(undefined, { ROLE: 'intake' });
  await untilReady(desk, 503);
  const link = await desk.until((line) => {
    const said = logLine(line)?.['link'];
    return typeof said === 'string' ? said : undefined;
  });
  const { settings, database } = place;
  const showing = await startDesk(readConfig({ ...settings, PORT: '0', ROLE: 'worker,sender' }), silentLog, {
    database,
  });
  later(() => showing.stop());
  const owner = await control.owner();
  const { bot } = await control.overview();
  await owner.starts(new URL(link).searchParams.get('start')!);
  await owner.promotes(bot, 'channel', { rights: { can_post_messages: true, can_edit_messages: true } });
  const ann = await control.addPerson({ firstName: 'Ann' });
  const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
  await ann.writes('Hello');
  const post = await opened(place, maria);
  await maria.comments(post.ref, 'Good morning');
  await nothingOpen(place, 2);
  expect(await answers(ann)).toEqual(['Good morning']);
});

test('whoever writes where nobody reads is told so once, also when another process makes the calls', async () => {
  const place = await openPlace();
  await untilReady(place.start(undefined, { ROLE: 'sender' }));
  await hearing(place);
  const { maria } = await conversation(place);
  for (let number = 0; number < 8; number += 1) await maria.writesInGroup(`talk ${number}`);
  await nothingOpen(place, 1);
  const told = async (): Promise<number> =>
    (await maria.seesGroup()).filter(({ text }) => text.startsWith('ℹ️ This was')).length;
  await place.control.until('she is told', async () => (await told()) > 0);
  await maria.comments((await maria.seesChannel())[0]!.ref, 'marker');
  await nothingOpen(place, 2);
  expect(await told()).toBe(1);
});
