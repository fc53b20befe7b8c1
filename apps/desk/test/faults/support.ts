import { createServer, type AddressInfo } from 'node:net';
import type { Person, ShownMessage } from '../../../sandbox/src/control/client.js';
import type { Office, OfficeOptions } from '../support/office.js';
import { openOffice } from '../support/office.js';

/** A desk whose updates come by webhook: from the sandbox, and from whoever knows the secret. */
export interface WebhookOffice extends Office {
  /** Sends a body to the webhook, with the right secret unless another is given; resolves with the status. */
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<number>;
}

const secret = 'a-secret-of-the-webhook';
const secretHeader = 'x-telegram-bot-api-secret-token';

export async function openWebhookOffice(options: OfficeOptions = {}): Promise<WebhookOffice> {
  const port = await freePort();
  const url = new URL(`http://127.0.0.1:${port}/hook`);
  const office = await openOffice({ ...options, port, config: { webhook: { url, secret }, ...options.config } });
  return Object.assign(office, {
    post: async (body: unknown, headers: Readonly<Record<string, string>> = {}) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const all = { 'content-type': 'application/json', [secretHeader]: secret, ...headers };
      return (await fetch(url, { method: 'POST', headers: all, body: text })).status;
    },
  });
}

/** A port that nobody uses at this moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The post in which these words stand, once its comments are open. */
export function postWith({ control }: Office, member: Person, words: string): Promise<ShownMessage> {
  return control.until(`a post with “${words.slice(0, 20)}” is there`, async () =>
    (await member.seesChannel()).find(({ text, comments }) => comments && text.includes(words)),
  );
}

let lastUpdate = 500_000_000;

/** A number that no update has had. */
export function nextUpdateId(): number {
  lastUpdate += 1;
  return lastUpdate;
}

/** An update with a message of somebody's in their private chat with the bot, in Telegram's own shape. */
export function privately(
  from: { readonly id: number; readonly data?: { readonly firstName: string } },
  message: Readonly<Record<string, unknown>>,
  { id = nextUpdateId(), kind = 'message' }: { readonly id?: number; readonly kind?: string } = {},
): { readonly update_id: number } & Readonly<Record<string, unknown>> {
  const name = from.data?.firstName ?? 'Ann';
  return {
    update_id: id,
    [kind]: {
      message_id: 1_000_000 + id,
      from: { id: from.id, is_bot: false, first_name: name },
      chat: { id: from.id, type: 'private', first_name: name },
      date: Math.floor(Date.now() / 1_000),
      ...message,
    },
  };
}

/** How many rows of one kind there are of this office's bot. */
export async function count(
  office: Office,
  table: 'messages' | 'updates' | 'customers' | 'audit_entries',
  where = 'true',
): Promise<number> {
  const { bot } = await office.control.overview();
  const [row] = await office.database.query<{ found: number }>(
    `SELECT count(*)::int AS found FROM ${table}
     WHERE bot_id = (SELECT id FROM bots b WHERE b.external_id = $1) AND (${where})`,
    [`telegram:${bot.id}`],
  );
  return row!.found;
}
