import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startDesk } from '../apps/desk/src/desk.js';
import { silentLog } from '../apps/desk/src/log.js';
import type { Person, ShownMessage } from '../apps/sandbox/src/control/client.js';
import { startSandbox } from '../apps/sandbox/src/sandbox.js';

// node --import tsx scripts/pictures-canned.ts: draws the pictures of docs/canned-replies.md from what people see in the
// sandbox while a real desk is at work. Needs a Chromium (CHROMIUM names it, if it is not where Debian puts it).

const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
if (!existsSync(chromium)) {
  console.error(`There is no Chromium at ${chromium}: name one with CHROMIUM.`);
  process.exit(1);
}

const style = `
  body { font: 15px/1.35 "DejaVu Sans", "Noto Color Emoji", sans-serif; background: #dfe7ee; margin: 0; padding: 14px; color: #111; }
  h1 { font-size: 12px; font-weight: normal; text-align: center; color: #5a6b7a; margin: 0 0 12px; }
  .message { max-width: 440px; margin: 0 0 12px; }
  .mine { margin-left: auto; }
  .bubble, .result, .input { background: #fff; border-radius: 12px; padding: 8px 12px; overflow-wrap: anywhere; }
  .mine .bubble { background: #e4f8d4; }
  .bubble > b { color: #2a7ab8; font-size: 13px; } .bubble > i { color: #7a8894; font-size: 13px; }
  p { margin: 2px 0 0; white-space: pre-wrap; }
  .row { display: flex; gap: 4px; margin-top: 4px; }
  .row span { flex: 1; text-align: center; background: #b9cadb; border-radius: 8px; padding: 7px 4px; font-size: 13px; }
  .result { border-radius: 0; border-bottom: 1px solid #dde5ec; } .result p { color: #66747f; font-size: 13px; }
  .input { border-radius: 0; color: #222; } .input s { display: inline-block; width: 1px; height: 16px; background: #2a7ab8; vertical-align: -3px; }
`;

const sandbox = await startSandbox({ autoForward: { timing: 'after_delay', delayMs: 5 } });
const { control } = sandbox;
/** A picture is worth waiting for, also on a busy machine. */
const patience = { patienceMs: 60_000 };
const { bot, channel } = await control.overview();
const dataDir = mkdtempSync(join(tmpdir(), 'postdesk-pictures-'));
const desk = await startDesk(
  {
    telegram: { token: bot.token, relayTokens: [], apiRoot: sandbox.url, limits: 'off', staffChannelId: channel.id },
    database: { kind: 'embedded', dataDir },
    port: 0,
    language: 'en',
    cannedEditors: 'agents',
    roles: new Set(['intake', 'worker', 'sender']),
    delayAlertSeconds: 0,
    logLevel: 'silent',
  },
  silentLog,
);
try {
  await play();
} finally {
  await desk.stop();
  await sandbox.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function play(): Promise<void> {
  const ann = await control.addPerson({ firstName: 'Ann', lastName: 'Lee', languageCode: 'en' });
  const maria = await control.addPerson({ firstName: 'Maria', lastName: 'Silva', staff: 'member' });
  await ann.writes('Hello! The lamp came broken. Can I send it back?');
  const post = await control.until(
    'comments are open',
    async () => {
      const [shown] = await maria.seesChannel();
      return shown?.comments && shown;
    },
    patience,
  );

  for (const words of [
    '/save refund Refund policy\nHi {first_name|there}, of course! We refund within 14 days of delivery.',
    '/save hours Opening hours\nWe are open Monday to Friday from 9 to 18.',
    '/save label Return label\nHere is your return label, {first_name}. Please stick it on the parcel.',
  ]) {
    await maria.writes(words);
    await latest(maria, 'Saved.');
  }
  await draw('canned-save', maria, {
    title: 'Private chat of Maria with the bot',
    messages: (await maria.sees()).slice(0, 2),
  });

  const { results } = await maria.types('@bot refnud days');
  await drawOffer('canned-inline', `@${bot.username} refnud days`, results);
  await maria.picks(results[0] ?? fail('nothing was offered'), { under: post.ref });
  const comments = await control.until(
    'the thread shows what was sent',
    async () => {
      const seen = await maria.seesComments(post.ref);
      return seen.length === 2 && seen;
    },
    patience,
  );
  await draw('canned-thread', maria, {
    title: 'Comments below Ann’s post, as the team sees them',
    messages: [post, ...comments],
  });
  await draw('canned-customer', ann, { title: 'Private chat of Ann with the bot', messages: await ann.sees() });

  await maria.writes('/canned');
  const list = await latest(maria, 'Canned replies');
  await draw('canned-list', maria, { title: 'Private chat of Maria with the bot', messages: [list] });
  await maria.presses(list.ref, 'Refund policy');
  const view = await latest(maria, 'Used: 1');
  await draw('canned-view', maria, { title: 'Private chat of Maria with the bot', messages: [view] });
}

function latest(person: Person, words: string): Promise<ShownMessage> {
  return control.until(
    `the bot says “${words}”`,
    async () => (await person.sees()).reverse().find(({ fromBot, text }) => fromBot && text.includes(words)),
    patience,
  );
}

function fail(problem: string): never {
  throw new Error(problem);
}

async function draw(
  name: string,
  reader: Person,
  { title, messages }: { readonly title: string; readonly messages: readonly ShownMessage[] },
): Promise<void> {
  const bubbles = messages.map((message) => {
    const rows = message.buttons.map(
      (row) => `<div class="row">${row.map((text) => `<span>${escape(text)}</span>`).join('')}</div>`,
    );
    const via = message.viaBot === undefined ? '' : ` <i>via @${escape(message.viaBot)}</i>`;
    const mine = message.fromId === reader.id ? ' mine' : '';
    return `<div class="message${mine}"><div class="bubble"><b>${escape(message.from)}</b>${via}<p>${formatted(message)}</p></div>${rows.join('')}</div>`;
  });
  await shoot(name, title, bubbles.join('\n'));
}

async function drawOffer(
  name: string,
  typed: string,
  results: readonly { title?: string | undefined; description?: string | undefined }[],
): Promise<void> {
  const rows = results.map(
    ({ title = '', description = '' }) =>
      `<div class="result"><b>${escape(title)}</b><p>${escape(description)}</p></div>`,
  );
  await shoot(
    name,
    'What Maria is offered while she types',
    `${rows.join('\n')}<div class="input">${escape(typed)}<s></s></div>`,
  );
}

/** The text with its bold and italic parts; a link that carries a state looks like what it stands on. */
function formatted({ text, caption, entities }: ShownMessage): string {
  const words = text || caption;
  const marks = new Map<number, string>();
  const mark = (at: number, tag: string): void => void marks.set(at, (marks.get(at) ?? '') + tag);
  for (const { type, offset, length } of entities) {
    if (type !== 'bold' && type !== 'italic' && type !== 'code') continue;
    const tag = { bold: 'strong', italic: 'em', code: 'code' }[type];
    mark(offset, `<${tag}>`);
    mark(offset + length, `</${tag}>`);
  }
  let html = '';
  for (let at = 0; at <= words.length; at += 1) html += (marks.get(at) ?? '') + escape(words.charAt(at));
  return html;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

async function shoot(name: string, title: string, body: string): Promise<void> {
  const html = `<!doctype html><meta charset="utf-8"><style>${style}</style><h1>${escape(title)}</h1>${body}`;
  const page = join(dataDir, `${name}.html`);
  writeFileSync(page, html);
  const height = 50 + heightOf(body);
  await promisify(execFile)(chromium, [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    `--window-size=560,${height}`,
    `--screenshot=${join(folder, `${name}.png`)}`,
    `file://${page}`,
  ]);
}

/** Enough room, in pixels: a headless screenshot has the size of the window. */
function heightOf(body: string): number {
  const text = body.replace(/<div class="row">.*?<\/div>/gs, '');
  const lines = text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.replace(/<[^>]*>/g, '').length / 50)), 0);
  const bubbles = body.split('class="bubble"').length + body.split('class="result"').length - 2;
  return lines * 21 + bubbles * 54 + (body.split('class="row"').length - 1) * 38;
}
