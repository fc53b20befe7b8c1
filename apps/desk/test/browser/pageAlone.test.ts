// First, so that pages are closed before the sandbox that they look at.
import { bubble, choose, PATIENCE, visit, write } from './support/browser.js';
import { findings } from './support/axe.js';
import { see } from './support/see.js';
import { Bot, InlineKeyboard } from 'grammy';
import { type Sandbox, startSandbox } from '../../../sandbox/src/sandbox.js';

const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A sandbox without a desk. */
async function open(): Promise<Sandbox> {
  const sandbox = await startSandbox({ autoForward: { timing: 'before_answer' } });
  stops.push(() => sandbox.stop());
  return sandbox;
}

/** A second bot, which offers sentences in inline mode and answers buttons. */
async function openStub({ url, control }: Sandbox): Promise<{ id: number }> {
  const { data } = await control.addBot({ firstName: 'Phrases', username: 'phrases_bot', isInline: true });
  const bot = new Bot(data.token, { client: { apiRoot: url } });
  const titles = ['Delivery times', 'Returns', 'Opening hours'];
  bot.on('inline_query', async (context) => {
    const wanted = titles.filter((title) => title.toLowerCase().includes(context.inlineQuery.query.toLowerCase()));
    const results = wanted.map((title, index) => ({
      type: 'article' as const,
      id: String(index),
      title,
      description: `What we say about ${title.toLowerCase()}`,
      input_message_content: {
        message_text: `Our words on <b>${title.toLowerCase()}</b>`,
        parse_mode: 'HTML' as const,
      },
    }));
    await context.answerInlineQuery(results, { cache_time: 0, is_personal: true });
  });
  bot.on('callback_query:data', (context) =>
    context.answerCallbackQuery({
      text: `You pressed ${context.callbackQuery.data}`,
      show_alert: context.callbackQuery.data === 'loud',
    }),
  );
  void bot.start();
  stops.push(() => bot.stop());
  return data;
}

test(
  'while a bot is addressed it offers what it has, and what is picked is sent through it',
  async () => {
    const sandbox = await open();
    await openStub(sandbox);
    const { page, customer, thread } = await visit(sandbox.url);
    const field = customer.getByRole('textbox');
    await field.fill('@phrases_bot ');
    const offers = customer.getByRole('listbox', { name: 'What the bot offers' });
    await see(offers.getByRole('option')).toHaveCount(3);
    await field.fill('@phrases_bot return');
    await see(offers.getByRole('option')).toHaveCount(1);
    await field.fill('@phrases_bot nothing like it');
    await see(customer.getByText('@phrases_bot offers nothing for this')).toBeVisible();
    await field.fill('@phrases_bot ');
    await see(offers.getByRole('option')).toHaveCount(3);
    await field.press('ArrowDown');
    await see(offers.getByRole('option', { selected: true })).toContainText('Returns');
    await field.press('Enter');
    await see(bubble(customer, 'Our words on returns')).toContainText('via @phrases_bot');
    await see(bubble(customer, 'Our words').locator('b')).toHaveText('returns');
    await see(field).toHaveValue('');

    // In the group too, by the mouse.
    await page.getByRole('button', { name: 'Whole group' }).click();
    await thread.getByRole('textbox').fill('@phrases_bot hours');
    await thread.getByRole('listbox').getByRole('option').click();
    await see(bubble(thread, 'Our words on opening hours')).toBeVisible();
  },
  PATIENCE,
);

test(
  'buttons do what their bot says',
  async () => {
    const sandbox = await open();
    const { bot: first } = await sandbox.control.overview();
    const bot = new Bot(first.token, { client: { apiRoot: sandbox.url } });
    bot.on('callback_query:data', (context) =>
      context.answerCallbackQuery({
        text: `You pressed ${context.callbackQuery.data}`,
        show_alert: context.callbackQuery.data === 'loud',
      }),
    );
    const keyboard = new InlineKeyboard()
      .text('Quiet', 'quiet')
      .text('Loud', 'loud')
      .row()
      .url('Link', 'https://t.me/support_desk_bot?start=button')
      .switchInlineCurrent('Search', 'words');
    bot.command('start', (context) => context.reply('Choose', { reply_markup: keyboard }));
    void bot.start();
    stops.push(() => bot.stop());
    const { page, customer } = await visit(sandbox.url);
    await customer.getByRole('button', { name: 'Start', exact: true }).click();
    const message = bubble(customer, 'Choose').first();
    await message.getByRole('button', { name: 'Quiet' }).click();
    await see(page.getByText('You pressed quiet')).toBeVisible();
    await message.getByRole('button', { name: 'Loud' }).click();
    await page.getByRole('dialog').getByText('You pressed loud').waitFor();
    await page.getByRole('button', { name: 'OK' }).click();
    await message.getByRole('button', { name: 'Link' }).click();
    await see(bubble(customer, '/start button')).toBeVisible();
    await message.getByRole('button', { name: 'Search' }).click();
    await see(customer.getByRole('textbox')).toHaveValue('@support_desk_bot words');
  },
  PATIENCE,
);

test(
  'names, texts and files of people never become markup',
  async () => {
    const sandbox = await open();
    const { control } = sandbox;
    const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    const eve = await control.addPerson({ firstName: markup, lastName: '"><b>', username: 'eve' });
    await control.addPerson({ firstName: `${markup} M`, staff: 'administrator' });
    await eve.writes(markup);
    const bytes = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=4"/>`).toString('base64');
    await eve.sends({
      kind: 'document',
      file: { bytes, fileName: `${markup}.svg`, mimeType: 'image/svg+xml' },
      caption: markup,
    });
    await eve.sends({ kind: 'contact', phoneNumber: markup, firstName: markup });
    await eve.sends({ kind: 'poll', question: markup, options: [markup] });
    const { page, customer } = await visit(sandbox.url);
    await page.getByRole('group', { name: 'Customers' }).getByRole('button', { name: /<img/ }).click();
    await see(bubble(customer, markup).first()).toBeVisible();
    await see(customer.getByRole('article')).toHaveCount(4);
    await see(customer.locator('img[src="x"], script')).toHaveCount(0);
    await page.getByRole('button', { name: 'What Telegram hides' }).click();
    await see(page.locator('img[src="x"], body script')).toHaveCount(0);
    await see(page).toHaveTitle('Postdesk sandbox');
  },
  PATIENCE,
);

test(
  'a phone shows one pane at a time, in Portuguese, in the dark, and nobody is kept out',
  async () => {
    const sandbox = await open();
    const { control } = sandbox;
    await control.addCast();
    const { page, customer, channel, thread } = await visit(sandbox.url, {
      viewport: { width: 390, height: 844 },
      locale: 'pt-PT',
      colorScheme: 'dark',
      hasTouch: true,
    });
    await see(customer.getByRole('textbox', { name: 'Escreva uma mensagem' })).toBeVisible();
    await see(page.locator('html')).toHaveAttribute('lang', 'pt');
    await see(channel).toBeHidden();
    await write(customer, 'Olá');
    await see(bubble(customer, 'Olá')).toBeVisible();
    await see(page.locator('body')).toHaveCSS('background-color', 'rgb(12, 19, 25)');
    expect(await findings(page)).toEqual([]);

    const tabs = page.getByRole('navigation');
    const owner = await control.owner();
    await owner.posts('Um anúncio');
    await tabs.getByRole('button', { name: 'Canal' }).click();
    await see(customer).toBeHidden();
    await bubble(channel, 'Um anúncio').getByRole('button', { name: 'Deixar um comentário' }).click();
    await see(thread.getByRole('textbox', { name: 'Escreva um comentário' })).toBeVisible();
    await write(thread, 'Um comentário');
    await see(bubble(thread, 'Um comentário')).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await tabs.getByRole('button', { name: 'Canal' }).click();
    await see(bubble(channel, 'Um anúncio').getByRole('button', { name: '1 comentário' })).toBeVisible();

    await page.getByRole('button', { name: 'O que o Telegram esconde' }).click();
    await see(page.getByRole('tab', { name: 'Chamadas e updates' })).toBeVisible();
    const inside = await page.getByRole('banner').getByRole('button').last().boundingBox();
    expect(inside!.x + inside!.width).toBeLessThanOrEqual(390);
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBe(0);
    await page.getByRole('button', { name: 'Fechar' }).click();

    await page.getByRole('button', { name: 'Tema: como o sistema' }).click();
    await see(page.locator('body')).toHaveCSS('background-color', 'rgb(233, 237, 241)');
    await page.getByRole('button', { name: /^Idioma/ }).click();
    await see(page.getByRole('navigation').getByRole('button', { name: 'Channel' })).toBeVisible();
    await page.reload();
    await see(page.locator('html')).toHaveAttribute('lang', 'en');
  },
  PATIENCE,
);

test.each(['light', 'dark'] as const)(
  'axe finds nothing serious when it is %s, in chats of every kind, in the drawer, in menus and in dialogs',
  async (colorScheme) => {
    const sandbox = await open();
    const { control } = sandbox;
    await control.addCast();
    const people = await control.roster();
    const ann = await control.person(people.find(({ firstName }) => firstName === 'Ann')!.id);
    const owner = await control.owner();
    const hello = await ann.writes('Hello #tag @support_desk_bot https://example.com');
    await ann.sends({
      kind: 'text',
      text: 'code and spoiler',
      entities: [
        { type: 'code', offset: 0, length: 4 },
        { type: 'spoiler', offset: 9, length: 7 },
      ],
    });
    await ann.writes('an answer', { replyTo: hello });
    for (const kind of [
      'photo',
      'video',
      'voice',
      'audio',
      'document',
      'sticker',
      'video_note',
      'dice',
      'game',
    ] as const)
      await ann.sends({ kind });
    await ann.sends({ kind: 'location', latitude: 1, longitude: 2 });
    await ann.sends({ kind: 'poll', question: 'Which?', options: ['this', 'that'] });
    await ann.reacts(hello, '👍');
    const post = await owner.posts('A post');
    await owner.comments(post, 'A comment');
    await owner.pins(post);
    await control.faults.add({ effect: { kind: 'timeout' }, when: 'before' });
    const { page, customer, thread } = await visit(sandbox.url, { colorScheme });
    await see(bubble(thread, 'A comment')).toBeVisible();
    await see(customer.getByRole('article')).toHaveCount(14);
    expect(await findings(page)).toEqual([]);
    await choose(bubble(thread, 'A comment'), 'Reply');
    await page.getByRole('button', { name: 'What Telegram hides' }).click();
    for (const tab of ['Calls and updates', 'Limits', 'Faults', 'World']) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await findings(page)).toEqual([]);
    }
    await customer.getByRole('button', { name: 'Attach' }).click();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Add somebody to the team' }).click();
    await see(page.getByRole('dialog')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  },
  PATIENCE,
);
