import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { launch } from './chromium.js';

/** Milliseconds that a long scenario may take on a busy machine. */
export const PATIENCE = 120_000;

let browser: Browser | undefined;
/** What pages complained about: errors, refusals of the Content-Security-Policy, requests to elsewhere. */
const complaints: string[] = [];
const pages: Page[] = [];

afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
  expect(complaints.splice(0)).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  browser = undefined;
});

export interface Visit {
  readonly page: Page;
  readonly customer: Locator;
  readonly channel: Locator;
  readonly thread: Locator;
}

/** Opens the page of a sandbox in a fresh browser profile; at the end of the test it must not have complained. */
export async function visit(url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  browser ??= await launch();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', ...options });
  const page = await context.newPage();
  pages.push(page);
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error' && !/status of 4\d\d/.test(line.text())) complaints.push(line.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(blob|data):/.test(request.url())) complaints.push(request.url());
  });
  await page.goto(url);
  return {
    page,
    customer: page.locator('.pane-customer'),
    channel: page.locator('.pane-channel'),
    thread: page.locator('.pane-thread'),
  };
}

/** Writes into a pane and sends it. */
export async function write(pane: Locator, text: string): Promise<void> {
  await pane.getByRole('textbox').fill(text);
  await pane.getByRole('textbox').press('Enter');
}

/** The bubble with these words. */
export function bubble(pane: Locator, words: string | RegExp): Locator {
  return pane.getByRole('article').filter({ hasText: words });
}

/** Opens the menu of a message and chooses. */
export async function choose(message: Locator, action: string): Promise<void> {
  await message.hover();
  await message.getByRole('button', { name: 'Message actions' }).click();
  await message.getByRole('menuitem', { name: action, exact: true }).click();
}

/** Selects words of the last message that has them, as with the mouse. */
export async function select(page: Page, words: string): Promise<void> {
  await page.evaluate(
    `((words) => {
      const text = [...document.querySelectorAll('.words')].map(({ firstChild }) => firstChild)
        .findLast((node) => node.data.includes(words));
      const range = document.createRange();
      range.setStart(text, text.data.indexOf(words));
      range.setEnd(text, text.data.indexOf(words) + words.length);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    })(${JSON.stringify(words)})`,
  );
}
