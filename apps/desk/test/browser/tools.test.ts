// First, so that pages are closed before the sandbox that they look at.
import { bubble, PATIENCE, visit, write } from './support/browser.js';
import { see } from './support/see.js';
import { openOffice } from '../support/office.js';

test(
  'a fault that is switched on meets the next call, which the list shows and the desk gets over',
  async () => {
    const { sandbox, control } = await openOffice();
    const { page, customer, thread } = await visit(sandbox.url, { permissions: ['clipboard-read', 'clipboard-write'] });
    await write(customer, 'Hello');
    await see(thread.getByRole('heading')).toHaveText('Ann Lee');
    const drawer = page.getByRole('complementary', { name: 'What Telegram hides' });
    await page.getByRole('button', { name: 'What Telegram hides' }).click();
    await drawer.getByRole('tab', { name: 'Faults' }).click();
    await drawer.getByLabel('What happens').selectOption({ label: 'is answered 500' });
    await drawer.getByLabel('Method (any when empty)').fill('sendMessage');
    await drawer.getByRole('button', { name: 'Add the fault' }).click();
    await see(drawer.locator('.rule')).toContainText('sendMessage 500 Internal Server Error');

    await write(thread, 'In spite of it');
    await see(bubble(customer, 'In spite of it')).toBeVisible();
    await see(drawer.getByText('No fault waits for a call.')).toBeVisible();

    await drawer.getByRole('tab', { name: 'Calls and updates' }).click();
    await drawer.getByRole('searchbox', { name: 'Filter' }).fill('in spite of it');
    // The desk has also asked, by edits that change nothing, whether the first call had been carried out.
    const sends = drawer.locator('.entry-line', { hasText: 'sendMessage' });
    await see(sends.locator('.tone-bad')).toHaveText('fault: error');
    await see(sends.locator('.tone-good')).toHaveText('200');
    await sends.filter({ hasText: '200' }).click();
    await drawer.getByRole('button', { name: 'Copy as curl' }).click();
    const { bot } = await control.overview();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toContain(`${sandbox.url}/bot${bot.token}/sendMessage`);
    expect(copied).toContain("--form-string 'text=In spite of it'");

    await drawer.getByRole('tab', { name: 'Faults' }).click();
    await drawer.getByLabel('is cut: every connection is reset').check();
    await see(page.getByText('The network is down')).toBeVisible();
    await write(thread, 'Later');
    await drawer.getByLabel('works', { exact: true }).check();
    await see(bubble(customer, 'Later')).toBeVisible();
  },
  PATIENCE,
);

test(
  'a world is saved to a file, emptied, and loaded again',
  async () => {
    const { sandbox } = await openOffice();
    const { page, customer, channel, thread } = await visit(sandbox.url);
    await write(customer, 'To be kept');
    await see(thread.getByRole('heading')).toHaveText('Ann Lee');
    await page.getByRole('button', { name: 'What Telegram hides' }).click();
    const drawer = page.getByRole('complementary', { name: 'What Telegram hides' });
    await drawer.getByRole('tab', { name: 'World' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      drawer.getByRole('button', { name: 'Save the world to a file' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^postdesk-world-.*\.json$/);
    const file = await download.path();

    await drawer.getByRole('button', { name: 'Empty the world' }).click();
    await see(bubble(customer, 'To be kept')).toBeVisible();
    await drawer.getByRole('button', { name: 'Really empty it' }).click();
    await see(channel.getByText('No posts yet')).toBeVisible();
    await see(page.getByRole('group', { name: 'Customers' }).getByRole('button', { name: /Ann Lee/ })).toBeVisible();
    await see(bubble(customer, 'To be kept')).toHaveCount(0);

    const picker = drawer.locator('input[type=file]');
    await picker.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"now": 1}') });
    await see(page.getByText('This file is not a saved world.')).toBeVisible();
    await picker.setInputFiles(file);
    await see(bubble(customer, 'To be kept')).toBeVisible();
    await see(bubble(channel, 'To be kept')).toBeVisible();
    await write(customer, 'and it goes on');
    await see(bubble(thread, 'and it goes on')).toBeVisible();
  },
  PATIENCE,
);

test(
  'budgets are shown as gauges, and a busy morning fills the channel under real limits',
  async () => {
    const { sandbox, control } = await openOffice({ sandbox: { limits: 'on' }, config: { limits: 'off' } });
    const { page, customer, channel } = await visit(sandbox.url);
    await write(customer, 'Hello');
    await see(bubble(channel, 'Hello')).toBeVisible();
    await page.getByRole('button', { name: 'What Telegram hides' }).click();
    const drawer = page.getByRole('complementary', { name: 'What Telegram hides' });
    await drawer.getByRole('tab', { name: 'Limits' }).click();
    await see(drawer.getByRole('meter', { name: /Support: 1 of 20 used/ })).toBeVisible();
    await drawer.getByRole('button', { name: 'Start: Busy morning' }).click();
    await see(page.getByText(/Busy morning: \d+ s left/)).toBeVisible();
    await control.clock.advance(60_000);
    const strip = page.getByRole('group', { name: 'Customers' });
    await see(strip.getByRole('button', { name: /Amara Okafor/ })).toBeVisible();
    await see(channel.getByRole('article').nth(5)).toBeVisible();
    await drawer.getByRole('button', { name: /^Stop.*Busy morning/ }).click();
    await see(page.getByText(/Busy morning: \d+ s left/)).toHaveCount(0);
  },
  PATIENCE,
);
