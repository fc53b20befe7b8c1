// First, so that pages are closed before the sandbox that they look at.
import { bubble, choose, PATIENCE, select, visit, write } from './support/browser.js';
import { see } from './support/see.js';
import { openOffice } from '../support/office.js';

test(
  'a newcomer sees a message travel, and edits mirror both ways',
  async () => {
    const { sandbox } = await openOffice();
    const { page, customer, channel, thread } = await visit(sandbox.url);
    await see(page.getByText('The desk is listening')).toBeVisible();

    await write(customer, 'Hello! Where is my **order**?');
    const post = bubble(channel, 'Hello! Where is my order?');
    await see(post).toContainText('Ann Lee');
    await see(post.locator('b', { hasText: 'order' })).toBeVisible();
    await see(thread.getByRole('heading')).toHaveText('Ann Lee');

    await write(thread, 'It is on its wey');
    await see(bubble(customer, 'It is on its wey')).toBeVisible();
    await see(bubble(customer, 'It is on its wey')).not.toContainText('Maria');
    await see(post.getByRole('button', { name: '1 comment' })).toBeVisible();

    await choose(bubble(thread, 'It is on its wey'), 'Edit');
    await see(thread.getByRole('textbox')).toHaveValue('It is on its wey');
    await write(thread, 'It is on its way');
    await see(bubble(customer, 'It is on its way')).toContainText('edited');

    await write(customer, 'Thanks, when?');
    await see(bubble(thread, 'Thanks, when?')).toBeVisible();
    await customer.getByRole('textbox').press('ArrowUp');
    await see(customer.getByRole('textbox')).toHaveValue('Thanks, when?');
    await write(customer, 'Thanks, at what time?');
    await see(bubble(thread, 'Thanks, at what time?')).toContainText('edited');
    await see(bubble(thread, 'Thanks, when?')).toHaveCount(0);
  },
  PATIENCE,
);

test(
  'replies and quotes point at the right message on both sides, and lead there',
  async () => {
    const { sandbox } = await openOffice();
    const { page, customer, thread } = await visit(sandbox.url);
    await write(customer, 'First words');
    await see(thread.getByRole('heading')).toHaveText('Ann Lee');
    await write(customer, 'One question about size and colour');
    const question = bubble(thread, 'One question about size and colour');
    await see(question).toBeVisible();
    await select(page, 'size');
    await choose(question, 'Reply');
    await see(thread.locator('.intent')).toContainText('“size”');
    await write(thread, 'Sizes run small');
    const answer = bubble(customer, 'Sizes run small');
    await see(answer.locator('.answered')).toContainText('size');
    await answer.locator('.answered').click();
    await see(bubble(customer, 'One question').first()).toHaveClass(/flash/);

    await choose(answer, 'Reply');
    await write(customer, 'Then a large one');
    await see(bubble(thread, 'Then a large one').locator('.answered')).toContainText('Sizes run small');
    await page.keyboard.press('Escape');
  },
  PATIENCE,
);

test(
  'albums, files, voice and contacts arrive as what they are',
  async () => {
    const { sandbox, control } = await openOffice();
    const { page, customer, thread } = await visit(sandbox.url);
    await write(customer, 'Look');
    await see(thread.getByRole('heading')).toHaveText('Ann Lee');
    const attach = async (what: string): Promise<void> => {
      await customer.getByRole('button', { name: 'Attach' }).click();
      await customer.getByRole('menuitem', { name: what }).click();
    };
    await attach('A sample album');
    await see(thread.locator('.album-grid.count-3 img')).toHaveCount(3);
    const image = thread.locator('.album-grid img').first();
    await see(image).toHaveJSProperty('naturalWidth', 960);

    await attach('A sample voice message');
    await thread.getByRole('button', { name: 'Play: Voice message' }).click();
    await see(thread.getByRole('button', { name: 'Pause: Voice message' })).toBeVisible();
    await attach('My contact');
    await see(thread.locator('.plate')).toContainText('Ann Lee');
    await attach('My location');
    await see(thread.locator('.plate-place')).toBeVisible();

    const files = ['a.txt', 'b.txt'].map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) }));
    await customer.locator('.composer-row input[type=file]').setInputFiles(files);
    await see(customer.locator('.pending-file')).toHaveCount(2);
    await write(customer, 'two files');
    await see(thread.locator('.album-list.count-2')).toContainText('b.txt');
    await see(bubble(thread, 'two files')).toBeVisible();

    // Dropped on the pane of the agent, it goes the other way.
    const dropped = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['bill'], 'bill.pdf', { type: 'application/pdf' }));
    return transfer;
  })()`);
    await thread.dispatchEvent('drop', { dataTransfer: dropped });
    await see(thread.locator('.pending-file')).toContainText('bill.pdf');
    await thread.getByRole('button', { name: 'Send', exact: true }).click();
    await see(bubble(customer, 'bill.pdf')).toBeVisible();
    expect((await control.calls({ method: 'sendMediaGroup' })).length).toBe(2);
  },
  PATIENCE,
);

test(
  'a customer blocks the bot and comes back, others wait with a number, and links carry a payload',
  async () => {
    const { sandbox, control } = await openOffice();
    const { page, customer, channel, thread } = await visit(sandbox.url);
    await write(customer, 'Hello from Ann');
    await see(thread.getByRole('heading')).toHaveText('Ann Lee');
    await customer.getByRole('button', { name: 'Chat menu' }).click();
    await customer.getByRole('menuitem', { name: 'Block the bot' }).click();
    await see(customer.getByText('You have blocked this bot.')).toBeVisible();
    await write(thread, 'Are you there?');
    await see(thread.getByRole('log')).toContainText(/blocked/);
    await see(bubble(channel, 'Hello from Ann')).toContainText('🚫');
    await customer.getByRole('button', { name: 'Unblock the bot' }).click();
    await see(bubble(channel, 'Hello from Ann')).not.toContainText('🚫');
    await write(customer, 'Back again');
    await see(bubble(thread, 'Back again')).toBeVisible();

    const strip = page.getByRole('group', { name: 'Customers' });
    await strip.getByRole('button', { name: 'Add a customer' }).click();
    await page.getByLabel('First name').fill('Kim');
    await page.getByLabel('Language of their Telegram').fill('pt');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await see(strip.getByRole('button', { name: /Kim/, pressed: true })).toBeVisible();
    await customer.getByRole('button', { name: 'Chat menu' }).click();
    await customer.getByRole('menuitem', { name: 'Open the bot by a link…' }).click();
    await page.getByLabel('What the link carries (start=…)').fill('order_4711');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await see(bubble(customer, '/start order_4711')).toBeVisible();
    await see(bubble(channel, 'Kim')).toBeVisible();

    await write(thread, 'For Ann alone');
    const ann = strip.getByRole('button', { name: /Ann Lee/ });
    await see(ann.getByLabel('1 unread message')).toBeVisible();
    await ann.click();
    await see(bubble(customer, 'For Ann alone')).toBeVisible();
    await see(ann.locator('.badge')).toHaveCount(0);
    expect((await control.roster()).map(({ firstName }) => firstName)).toContain('Kim');
  },
  PATIENCE,
);

test(
  'agents come and go, an anonymous admin answers, and a stranger is not relayed',
  async () => {
    const { sandbox } = await openOffice();
    const { page, customer, channel, thread } = await visit(sandbox.url);
    const team = page.getByRole('group', { name: 'Team' });
    await write(customer, 'Is anybody there?');
    await see(thread.getByRole('heading')).toHaveText('Ann Lee');

    await team.getByRole('button', { name: /Vera Novak/ }).click();
    await write(thread, 'An answer without a name');
    await see(bubble(customer, 'An answer without a name')).toBeVisible();

    await team.getByRole('button', { name: /Sam Stranger/ }).click();
    await see(channel.getByText('Sam Stranger cannot see this chat')).toBeVisible();
    await choose(bubble(thread, 'Is anybody there?'), 'Reply');
    await write(thread, 'I am nobody here');
    await see(bubble(thread, 'I am nobody here')).toBeVisible();

    await team.getByRole('button', { name: /Maria Silva/ }).click();
    await channel.getByRole('button', { name: 'Chat menu' }).click();
    await channel.getByRole('menuitem', { name: 'Leave the channel' }).click();
    await channel.getByRole('button', { name: 'Join the channel' }).click();
    await see(bubble(channel, 'Is anybody there?')).toBeVisible();
    await channel.getByRole('button', { name: 'Chat menu' }).click();
    await channel.getByRole('menuitem', { name: 'Be removed from channel and group' }).click();
    await see(team.getByRole('button', { name: /Maria Silva/ })).toContainText('removed');
    await channel.getByRole('button', { name: 'Chat menu' }).click();
    await channel.getByRole('menuitem', { name: 'Be let in again' }).click();
    await see(team.getByRole('button', { name: /Maria Silva/ })).toContainText('agent');
    await write(thread, 'I am back');
    await see(bubble(customer, 'I am back')).toBeVisible();
    await see(bubble(customer, 'I am nobody here')).toHaveCount(0);
  },
  PATIENCE,
);
