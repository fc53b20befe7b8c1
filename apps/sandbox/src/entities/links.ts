import { isIPv6 } from 'node:net';

/** What a link in a text turns out to be. */
export type Link =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'user'; readonly id: number }
  | { readonly kind: 'invalid'; readonly reason: string };

/**
 * Reads a link of a text_link entity: `tg://user?id=...` mentions a person, everything else is brought into Telegram's
 * form, so that `telegram.org` comes back as `http://telegram.org/` (TDLib LinkManager::check_link).
 */
export function readLink(text: string): Link {
  const id = userIdOf(text);
  if (id !== undefined) return { kind: 'user', id };
  const special = /^(tg|ton|tonsite):(?:\/\/)?(.*)$/is.exec(text);
  if (special === null) return readHttp(text);
  const [, scheme = '', rest = ''] = special;
  return readSpecial(scheme.toLowerCase(), rest);
}

function userIdOf(text: string): number | undefined {
  const id = tgParameters(text, 'user')?.get('id');
  return id !== undefined && isInteger(id) && Number(id) > 0 ? Number(id) : undefined;
}

/** The custom emoji that a `tg://emoji?id=...` link names. */
export function customEmojiIdOf(link: string): string | undefined {
  const id = tgParameters(link, 'emoji')?.get('id');
  return id !== undefined && isCustomEmojiId(id) ? id : undefined;
}

/** A 64-bit number that is not 0, written without leading zeros. */
export function isCustomEmojiId(text: string): boolean {
  return isInteger(text) && text !== '0' && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

/** The time that a `tg://time?unix=...&format=...` link names; `format` as written, perhaps empty. */
export function timeOf(link: string): { unixTime: number; format: string } | undefined {
  const parameters = tgParameters(link, 'time');
  const unix = parameters?.get('unix');
  if (unix === undefined || !isInteger(unix) || !isUnixTime(Number(unix))) return undefined;
  return { unixTime: Number(unix), format: parameters?.get('format') ?? '' };
}

/** A positive number of 32 bits. */
export function isUnixTime(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds > 0 && seconds < 2 ** 31;
}

/** Parameters of a `tg:` link with this host; undefined when it is another link. The first of each name counts. */
function tgParameters(link: string, host: string): Map<string, string> | undefined {
  const query = new RegExp(`^tg:(?://)?${host}/?\\?([^#]*)`, 'i').exec(link)?.[1];
  if (query === undefined) return undefined;
  const pairs = query.split('&').map((pair): [string, string] => {
    const [name = '', ...value] = pair.split('=');
    return [name, value.join('=')];
  });
  return new Map(pairs.toReversed());
}

function isInteger(text: string): boolean {
  return /^(0|-?[1-9]\d*)$/.test(text);
}

interface Parts {
  readonly scheme: 'http' | 'https';
  readonly userInfo: string;
  readonly host: string;
  readonly port: number | undefined;
  /** Path, query and fragment; begins with a slash. */
  readonly rest: string;
}

function readHttp(text: string): Link {
  const parts = splitUrl(text);
  if (typeof parts === 'string') return { kind: 'invalid', reason: parts };
  const { scheme, userInfo, host, port, rest } = parts;
  if (!host.includes('.') && !host.startsWith('[')) return { kind: 'invalid', reason: 'Wrong HTTP URL' };
  const user = userInfo === '' ? '' : `${userInfo}@`;
  return { kind: 'url', url: `${scheme}://${user}${host}${port === undefined ? '' : `:${port}`}${rest}` };
}

function readSpecial(scheme: string, text: string): Link {
  const parts = splitUrl(text);
  if (typeof parts === 'string') return { kind: 'invalid', reason: parts };
  const { host, userInfo, port, rest } = parts;
  const isPlain = parts.scheme === 'http' && userInfo === '' && port === undefined && !host.startsWith('[');
  if (!isPlain || /^http:\/\//i.test(text))
    return { kind: 'invalid', reason: `Wrong ${scheme === 'tg' ? 'tg' : 'ton'} URL` };
  const allowed = scheme === 'tonsite' ? /^[a-z0-9_.-]*$/ : /^[a-z0-9_-]*$/;
  if (!allowed.test(host)) return { kind: 'invalid', reason: 'Unallowed characters in URL host' };
  return { kind: 'url', url: `${scheme}://${host}${rest.startsWith('/?') ? rest.slice(1) : rest}` };
}

/** Takes a URL apart; a text tells what is wrong with it (td parse_url). */
function splitUrl(text: string): Parts | string {
  const given = /^([^:/?#@[\]]*):\/\//.exec(text);
  const scheme = given?.[1]?.toLowerCase() ?? 'http';
  if (scheme !== 'http' && scheme !== 'https') return 'Unsupported URL protocol';
  const [authority = '', rest = ''] = cutAt(text.slice(given?.[0].length ?? 0), /[/?#]/);
  const parts = splitAuthority(authority);
  return typeof parts === 'string' ? parts : { ...parts, scheme, rest: tidyRest(rest) };
}

function splitAuthority(authority: string): Pick<Parts, 'userInfo' | 'host' | 'port'> | string {
  const [, before = authority, portText] = /^(.+):([^:\]@]*)$/s.exec(authority) ?? [];
  const port = portText === undefined ? undefined : readPort(portText);
  if (port === 0) return 'Wrong port number specified in the URL';
  const at = before.lastIndexOf('@');
  const host = before.slice(at + 1).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return hostFault(host) ?? { userInfo: before.slice(0, Math.max(0, at)), host, port };
}

/** 0 for what is no port. */
function readPort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  return port > 65_535 ? 0 : port;
}

function cutAt(text: string, border: RegExp): string[] {
  const at = text.search(border);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at)];
}

function hostFault(host: string): string | undefined {
  if (/^\[.*\]$/.test(host)) return isIPv6(host.slice(1, -1)) ? undefined : 'Wrong IPv6 address specified in the URL';
  if (host === '') return 'URL host is empty';
  if (host === '.') return 'Host is invalid';
  if (/%(?![0-9a-f]{2})/.test(host)) return 'Wrong percent-encoded symbol in URL host';
  return /^[a-z0-9.\-_!$,~*'();&+=%\u0080-\uffff]*$/.test(host) ? undefined : 'Wrong URL host';
}

function tidyRest(rest: string): string {
  const trimmed = rest.trimEnd();
  const path = trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
  return path.replace(/[\0- ]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
