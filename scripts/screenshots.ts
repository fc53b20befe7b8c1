import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { launch } from '../apps/desk/test/browser/support/chromium.js';

// npm run screenshots: the pictures of README.md and docs/tour.md, taken from the product as `npm start` runs it.

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs/pictures');
/** Bytes that a picture may have, so that a page with several of them loads fast. */
const LIMIT = 300_000;

const dataDir = mkdtempSync(join(tmpdir(), 'postdesk-screenshots-'));
const product = spawn(process.execPath, ['scripts/start.mjs'], {
  cwd: root,
  env: {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: '0',
    SANDBOX_PORT: '0',
    BOT_TOKEN: '',
    DATABASE_URL: '',
    LOG_LEVEL: 'warn',
  },
  stdio: ['ignore', 'inherit', 'pipe'],
});
const browser = await launch();
try {
  mkdirSync(folder, { recursive: true });
  await take(browser, await address());
} finally {
  await browser.close();
  product.kill('SIGTERM');
  await new Promise((resolve) => product.once('exit', resolve));
  rmSync(dataDir, { recursive: true });
}

/** Where the page is, as the product says when it starts. */
async function address(): Promise<string> {
  for await (const line of createInterface({ input: product.stderr })) {
    process.stderr.write(`${line}\n`);
    const [, url] = /open (http:\S+) in a browser/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('the product ended before it was there');
}

interface Panes {
  readonly page: Page;
  readonly customer: Locator;
  readonly channel: Locator;
  readonly thread: Locator;
}

async function open(url: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Panes> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 850 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  const [customer, channel, thread] = ['customer', 'channel', 'thread'].map((name) => page.locator(`.pane-${name}`));
  if (customer === undefined || channel === undefined || thread === undefined) throw new Error('three panes');
  return { page, customer, channel, thread };
}

async function picture(page: Page, name: string): Promise<void> {
  const path = join(folder, `${name}.png`);
  await page.mouse.move(0, 0);
  await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined)))');
  await page.screenshot({ path, animations: 'disabled' });
  const { size } = statSync(path);
  process.stdout.write(`${name}.png  ${Math.round(size / 1000)} kB\n`);
  if (size > LIMIT) throw new Error(`${name}.png is larger than ${LIMIT} bytes`);
}

async function write(pane: Locator, text: string): Promise<void> {
  await pane.getByRole('textbox').fill(text);
  await pane.getByRole('textbox').press('Enter');
}

async function attach(pane: Locator, what: string): Promise<void> {
  await pane.getByRole('button', { name: 'Attach' }).click();
  await pane.getByRole('menuitem', { name: what }).click();
}

/** The newest bubble with these words. */
function bubble(pane: Locator, words: string): Locator {
  return pane.getByRole('article').filter({ hasText: words }).last();
}

async function choose(message: Locator, action: string): Promise<void> {
  await message.hover();
  await message.getByRole('button', { name: 'Message actions' }).click();
  await message.getByRole('menuitem', { name: action, exact: true }).click();
}

/** Walks through the tour and takes a picture wherever there is something to see. */
async function take(_: Browser, url: string): Promise<void> {
  const panes = await open(url);
  const { page } = panes;
  await page.getByText('The desk is listening').waitFor();
  await picture(page, 'start');
  await conversation(panes);
  await picture(page, 'overview');
  await page.getByRole('button', { name: 'Theme: as the system' }).click();
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await picture(page, 'overview-dark');
  await page.getByRole('button', { name: 'Theme: dark' }).click();
  await people(panes);
  await tools(panes);
  await phone(url);
}

async function conversation({ page, customer, channel, thread }: Panes): Promise<void> {
  await write(customer, 'Hello! My parcel **4711** has not arrived. Can you have a look?');
  await thread.getByText('No comments yet').waitFor();
  await picture(page, 'post');
  await write(thread, 'Hi Ann, it leaves our warehouse today. I will send you the tracking link.');
  await bubble(customer, 'it leaves our warehouse').waitFor();
  await picture(page, 'answer');

  await choose(bubble(thread, 'it leaves our warehouse'), 'Edit');
  await thread.getByRole('textbox').fill('Hi Ann, it left our warehouse this morning: https://example.com/track/4711');
  await picture(page, 'edit');
  await thread.getByRole('textbox').press('Enter');
  await bubble(customer, 'it left our warehouse').getByText('edited').waitFor();
  await choose(bubble(customer, 'it left our warehouse'), 'Reply');
  await write(customer, 'Wonderful, thank you! Is this the right entrance?');
  await bubble(thread, 'the right entrance').waitFor();
  await picture(page, 'edited');
  await attach(customer, 'A sample album');
  await thread.locator('.album img').nth(2).waitFor();
  await write(thread, '// she wrote last week too, be extra kind');
  await write(thread, 'Yes, we ring there. Have a nice day!');
  await bubble(customer, 'we ring there').waitFor();
  await bubble(channel, 'Hello! My parcel')
    .getByText(/\d+ comments/)
    .waitFor();

  const strip = page.getByRole('group', { name: 'Customers' });
  await strip.getByRole('button', { name: /João/ }).click();
  await write(customer, 'Boa tarde! Fazem entregas ao sábado?');
  await bubble(channel, 'João Pereira')
    .getByRole('button', { name: /comment/ })
    .waitFor();
  await strip.getByRole('button', { name: /Ann/ }).click();
  await bubble(customer, 'we ring there').waitFor();
}

async function people({ page, customer, channel, thread }: Panes): Promise<void> {
  await page.getByRole('button', { name: 'Hide these steps' }).click();
  await customer.getByRole('button', { name: 'Chat menu' }).click();
  await customer.getByRole('menuitem', { name: 'Block the bot' }).click();
  await channel.getByText('🚫').first().waitFor();
  await write(thread, 'One more thing: your invoice is on its way.');
  await thread.getByRole('article').filter({ hasText: 'Not delivered' }).last().waitFor();
  await picture(page, 'blocked');
  await customer.getByRole('button', { name: 'Unblock the bot' }).click();
}

async function tools({ page, customer, thread }: Panes): Promise<void> {
  const drawer = page.getByRole('complementary', { name: 'What Telegram hides' });
  await page.getByRole('button', { name: 'What Telegram hides' }).click();
  await drawer.getByRole('tab', { name: 'Faults' }).click();
  await drawer.getByLabel('Method (any when empty)').fill('sendMessage');
  await drawer.getByLabel(/^When/).selectOption('after');
  await drawer.getByLabel('What happens').selectOption('fault_429');
  await drawer.getByRole('button', { name: 'Add the fault' }).click();
  await drawer.locator('.rule').waitFor();
  await page.evaluate(`document.querySelector('.drawer-content').scrollTo(0, 0)`);
  await picture(page, 'faults');
  await drawer.locator('.rule button').click();
  await drawer.getByLabel('What happens').selectOption('fault_500');
  await drawer.getByLabel(/^When/).selectOption('before');
  await drawer.getByRole('button', { name: 'Add the fault' }).click();
  await drawer.getByRole('tab', { name: 'Calls and updates' }).click();
  await write(thread, 'Your invoice is on its way.');
  await bubble(customer, 'Your invoice').waitFor();
  await drawer.getByRole('searchbox').fill('your invoice is on');
  await drawer.locator('.entry-line', { hasText: 'fault' }).first().click();
  await picture(page, 'calls');
  await drawer.getByRole('tab', { name: 'Limits' }).click();
  await drawer.getByRole('button', { name: 'Start: Busy morning' }).click();
  await drawer.getByRole('meter', { name: /Support: (1[2-9]|20) of 20/ }).waitFor();
  await picture(page, 'busy-morning');
  await drawer.getByRole('button', { name: /^Stop/ }).click();
}

async function phone(url: string): Promise<void> {
  const panes = await open(url, {
    viewport: { width: 390, height: 780 },
    deviceScaleFactor: 2,
    hasTouch: true,
    colorScheme: 'dark',
    locale: 'pt-PT',
  });
  const { page, customer, channel } = panes;
  await page.getByRole('group', { name: 'Clientes' }).getByRole('button', { name: /Ann/ }).click();
  await bubble(customer, 'Your invoice').waitFor();
  await picture(page, 'phone-customer');
  await page.getByRole('navigation').getByRole('button', { name: 'Canal' }).click();
  await channel.getByRole('article').last().waitFor();
  await picture(page, 'phone-channel');
}
