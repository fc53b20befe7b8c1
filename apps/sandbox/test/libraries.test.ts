import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bot, InlineKeyboard, InputFile, webhookCallback } from 'grammy';
import { Telegraf } from 'telegraf';
import { SandboxClock } from '../src/clock.js';
import { greyJpeg } from '../src/samples/jpeg.js';
import { atEnd, openOffice, type Office } from './support/office.js';

/** Libraries poll once more when they stop, and wait for the answer: let time go faster. */
const FASTER = 10;

/** Waits until Ann sees this many messages of the bot, and returns them. */
function answersOf({ control }: Office, ann: Awaited<ReturnType<Office['control']['addPerson']>>, count: number) {
  return control.until(`Ann sees ${count} answers`, async () => {
    const answers = (await ann.sees()).filter(({ fromBot }) => fromBot);
    return answers.length >= count && answers;
  });
}

describe('a bot of grammY', () => {
  test('polls, answers, sends files, has buttons pressed and learns of edits', async () => {
    const office = await openOffice({ clock: new SandboxClock(FASTER) });
    const { sandbox, bot: named, control } = office;
    const bot = new Bot(named.token, { client: { apiRoot: sandbox.url } });
    bot.command('start', (context) => context.reply(`Welcome ${context.match}`));
    bot.on('message:text', (context) =>
      context.reply(`<b>${context.msg.text}</b>`, {
        parse_mode: 'HTML',
        reply_parameters: { message_id: context.msg.message_id },
        reply_markup: new InlineKeyboard().text('More', 'more'),
      }),
    );
    bot.on('message:photo', async (context) => {
      const file = await context.getFile();
      await context.replyWithDocument(new InputFile(greyJpeg(8, 8), `${file.file_unique_id}.jpg`), { caption: 'back' });
    });
    bot.on('edited_message:text', (context) => context.reply(`edited: ${context.editedMessage.text}`));
    bot.callbackQuery('more', async (context) => {
      await context.editMessageText('more');
      await context.answerCallbackQuery('There you are');
    });
    const running = bot.start({ timeout: 1 });
    atEnd(() => bot.stop().then(() => running));

    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.starts('you');
    const hello = await ann.writes('hello');
    const [welcome, echo] = await answersOf(office, ann, 2);
    expect(welcome).toMatchObject({ text: 'Welcome you' });
    expect(echo).toMatchObject({ text: 'hello', entities: [{ type: 'bold' }], replyTo: hello, buttons: [['More']] });
    expect(await ann.presses(echo!.ref, 'More')).toMatchObject({ kind: 'answered', text: 'There you are' });
    expect((await ann.sees()).at(-1)).toMatchObject({ text: 'more', buttons: [], edited: true });
    await ann.sends({ kind: 'photo' });
    expect((await answersOf(office, ann, 3)).at(-1)).toMatchObject({ kind: 'document', caption: 'back' });
    await ann.edits(hello, 'hallo');
    expect((await answersOf(office, ann, 4)).at(-1)).toMatchObject({ text: 'edited: hallo' });
  });

  test('takes updates by webhook and answers inline queries', async () => {
    const office = await openOffice({ clock: new SandboxClock(FASTER) });
    const { sandbox, bot: named, control, groupId } = office;
    const bot = new Bot(named.token, { client: { apiRoot: sandbox.url } });
    bot.on('inline_query', (context) =>
      context.answerInlineQuery([
        { type: 'article', id: '1', title: 'Hi', input_message_content: { message_text: context.inlineQuery.query } },
      ]),
    );
    bot.on('message', (context) => (context.msg.via_bot === undefined ? undefined : context.reply('thanks')));
    const server = createServer(
      (request, response) => void webhookCallback(bot, 'http', { secretToken: 's' })(request, response),
    );
    await listen(server);
    await bot.api.setWebhook(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { secret_token: 's' });

    const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
    const { results } = await maria.types('@bot hello', { in: groupId });
    await maria.picks(results[0]!, { to: { kind: 'chat', chatId: groupId } });
    await control.until('the bot thanks', async () => (await control.chat(groupId)).at(-1)?.text === 'thanks');
  });
});

describe('a bot of telegraf', () => {
  test('polls, answers, uploads with an answer, sends albums and sees refusals as errors', async () => {
    const office = await openOffice({ clock: new SandboxClock(FASTER) });
    const { sandbox, bot: named, control } = office;
    const bot = new Telegraf(named.token, { telegram: { apiRoot: sandbox.url } });
    const errors: string[] = [];
    bot.start((context) => context.reply('Welcome'));
    bot.hears('album', (context) =>
      context.replyWithMediaGroup([
        { type: 'photo', media: { source: greyJpeg(8, 8) }, caption: 'one' },
        { type: 'photo', media: { source: greyJpeg(8, 8) } },
      ]),
    );
    bot.hears('photo', (context) => context.replyWithPhoto({ source: greyJpeg(8, 8) }, { caption: 'a photo' }));
    bot.hears('fail', async (context) => {
      await context.telegram.sendMessage(12, 'x').catch((error: unknown) => errors.push(String(error)));
    });
    const launched = bot.launch({ dropPendingUpdates: true });
    atEnd(() => {
      bot.stop();
      return launched.catch(() => undefined);
    });

    const ann = await control.addPerson({ firstName: 'Ann' });
    await control.until('the bot polls', async () => (await control.calls({ method: 'getUpdates' })).length > 0);
    await ann.starts();
    await answersOf(office, ann, 1);
    await ann.writes('photo');
    expect((await answersOf(office, ann, 2)).at(-1)).toMatchObject({ kind: 'photo', caption: 'a photo' });
    await ann.writes('album');
    const [, , first, second] = await answersOf(office, ann, 4);
    expect(first).toMatchObject({ kind: 'photo', caption: 'one', albumId: second!.albumId });
    await ann.writes('fail');
    await control.until('the refusal is seen', () => Promise.resolve(errors.length > 0));
    expect(errors[0]).toContain('400: Bad Request: chat not found');
  });
});

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
}
