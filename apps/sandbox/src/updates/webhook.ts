import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { TelegramWebhookInfo } from '@gramio/types/objects';
import { badRequest } from '../errors.js';
import type { UploadedFile } from '../http/multipart.js';
import type { Params } from '../http/params.js';
import { isDefaultAllowed } from './kinds.js';
import { readyUpdates, type UpdateQueue } from './queue.js';

/** What setWebhook set. Plain data: it can be saved and loaded as JSON. */
export interface WebhookSettings {
  url: string;
  secretToken: string;
  /** Deliveries under way at the same time. */
  maxConnections: number;
  /** What the host's name stands for, or what the bot asked to use instead. */
  address: string;
  isAddressFixed: boolean;
  /** The bot's own certificate in base64. */
  certificate?: string | undefined;
  lastError?: { reason: string; date: number } | undefined;
  /** Since when every answer was a 410, in milliseconds since the epoch. */
  goneSince?: number | undefined;
}

/** Rules that only Telegram's own server has: HTTPS, its ports, and no private addresses. */
export interface WebhookRules {
  readonly cloudOnly: boolean;
}

const CLOUD_PORTS = ['', '443', '80', '88', '8443'];
const MAX_CERTIFICATE = 3 << 20;

/** The settings that a call of setWebhook asks for, unchecked. The address is known for sure after `checkSettings`. */
export function readSettings(params: Params, files: ReadonlyMap<string, UploadedFile>): WebhookSettings {
  const attached = params.string('certificate').replace(/^attach:\/\//, '');
  const certificate = files.get('certificate') ?? files.get(attached);
  const address = params.string('ip_address');
  return {
    url: params.string('url'),
    secretToken: params.string('secret_token'),
    maxConnections: params.integer('max_connections', { min: 1, max: 100, default: 40 }),
    address,
    isAddressFixed: address !== '',
    ...(certificate === undefined ? {} : { certificate: certificate.bytes.toString('base64') }),
  };
}

/** True when a call changes nothing; a certificate always counts as a change. */
export function areSame(set: WebhookSettings, asked: WebhookSettings): boolean {
  return (
    set.url === asked.url &&
    set.certificate === undefined &&
    asked.certificate === undefined &&
    set.maxConnections === asked.maxConnections &&
    set.secretToken === asked.secretToken &&
    set.isAddressFixed === asked.isAddressFixed &&
    (!asked.isAddressFixed || set.address === asked.address)
  );
}

/** Refuses what Telegram refuses, and finds the address (Client::do_set_webhook, WebhookActor::start_up). */
export async function checkSettings(asked: WebhookSettings, rules: WebhookRules): Promise<WebhookSettings> {
  const url = parseWebhookUrl(asked.url);
  if (asked.secretToken.length > 256) throw badRequest('secret token is too long');
  if (!/^[\w-]*$/.test(asked.secretToken)) throw badRequest('secret token contains unallowed characters');
  const certificateSize = Buffer.byteLength(asked.certificate ?? '', 'base64');
  if (certificateSize > MAX_CERTIFICATE) throw badRequest(`certificate size is too big (${certificateSize} bytes)`);
  if (rules.cloudOnly && url.protocol !== 'https:') throw badWebhook('An HTTPS URL must be provided for webhook');
  if (rules.cloudOnly && !CLOUD_PORTS.includes(url.port)) {
    throw badWebhook('Webhook can be set up only on ports 80, 88, 443 or 8443');
  }
  const address = asked.isAddressFixed ? asked.address : await resolve(url);
  if (isIP(address) === 0) throw badWebhook('Invalid IP address specified');
  if (rules.cloudOnly && isReserved(address)) throw badWebhook(`IP address ${address} is reserved`);
  return { ...asked, address };
}

/** A URL as setWebhook takes it: without a scheme it is https (td parse_url). */
export function parseWebhookUrl(text: string): URL {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    throw badRequest('invalid webhook URL specified');
  }
  return url;
}

async function resolve(url: URL): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  try {
    return (await lookup(host)).address;
  } catch {
    throw badWebhook('Failed to resolve host: Name or service not known');
  }
}

function isReserved(address: string): boolean {
  return /^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168)\./.test(address);
}

function badWebhook(reason: string): Error {
  return badRequest(`bad webhook: ${reason}`);
}

/** getWebhookInfo (telegram-bot-api JsonWebhookInfo): what is not set is absent. */
export function describeWebhook(set: WebhookSettings | undefined, queue: UpdateQueue): TelegramWebhookInfo {
  return {
    url: set?.url ?? '',
    has_custom_certificate: set?.certificate !== undefined,
    pending_update_count: readyUpdates(queue).length,
    ...(set === undefined ? {} : { ip_address: set.address }),
    ...(set?.lastError === undefined
      ? {}
      : { last_error_date: set.lastError.date, last_error_message: set.lastError.reason }),
    ...(set === undefined ? {} : { max_connections: set.maxConnections }),
    ...(isDefaultAllowed(queue.allowed) ? {} : { allowed_updates: queue.allowed }),
  };
}
