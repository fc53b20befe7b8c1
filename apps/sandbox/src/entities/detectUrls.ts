import type { Found } from './detect.js';
import { isTopLevelDomain } from './topLevelDomains.js';

/** Characters that end a sentence rather than a link. */
const BAD_PATH_END = ".:;,('?!`";

/** Finds `tg://`, `ton://` and `tonsite://` links (TDLib match_tg_urls). */
export function findTelegramLinks(text: string): Found[] {
  const pattern = /(?:tg|ton|tonsite):\/\/[a-z0-9_-]{1,253}/gi;
  return [...text.matchAll(pattern)].map((match) => {
    const end = match.index + match[0].length;
    return piece(text, match.index, pathEnd(text, end));
  });
}

/** Finds links and e-mail addresses around each dot of a text (TDLib find_urls). */
export function findUrls(text: string): { urls: Found[]; emails: Found[] } {
  const urls: Found[] = [];
  const emails: Found[] = [];
  for (const candidate of findCandidates(text)) {
    const address = candidate.text.replace(/^mailto:/, '');
    if (isEmailAddress(address)) {
      emails.push({ offset: candidate.offset + candidate.text.length - address.length, text: address });
    } else {
      const length = validLength(candidate.text);
      if (length > 0) urls.push({ offset: candidate.offset, text: candidate.text.slice(0, length) });
    }
  }
  return { urls, emails };
}

function piece(text: string, begin: number, end: number): Found {
  return { offset: begin, text: text.slice(begin, end) };
}

type CharTest = (char: string) => boolean;

/** Everything but separators and the punctuation block, of which only joiners and dashes count. */
const isUrlChar: CharTest = (char) =>
  char >= '\u2000' && char <= '\u206f' ? /[\u200c\u200d\u2010-\u2015]/.test(char) : !/\p{Z}/u.test(char);
const isPathChar: CharTest = (char) => !'\n<>"\u00ab\u00bb'.includes(char) && isUrlChar(char);
const isDomainChar: CharTest = (char) => (char < '\u00c0' ? /[a-zA-Z0-9._~-]/.test(char) : isUrlChar(char));
const isUserChar: CharTest = (char) => !'\n/[]{}()\'`<>"@\u00ab\u00bb'.includes(char) && isUrlChar(char);
const isProtocolChar: CharTest = (char) => (char < '\u0080' ? /[a-zA-Z0-9+-]/.test(char) : !/\p{Z}/u.test(char));

function skipForward(text: string, from: number, isPart: CharTest): number {
  let at = from;
  while (at < text.length && isPart(text.charAt(at))) at += 1;
  return at;
}

function skipBack(text: string, range: { from: number; floor: number }, isPart: CharTest): number {
  let at = range.from;
  while (at > range.floor && isPart(text.charAt(at - 1))) at -= 1;
  return at;
}

/** What may be a link: a domain around a dot, with user, port, path and protocol where it has them. */
function findCandidates(text: string): Found[] {
  const found: Found[] = [];
  let floor = 0;
  for (let dot = text.indexOf('.'); dot !== -1 && dot + 1 < text.length; dot = text.indexOf('.', floor)) {
    const span = text.charAt(dot + 1) === ' ' ? undefined : spanAround(text, { dot, floor });
    if (span?.begin !== undefined && span.end > dot + 1) found.push(piece(text, span.begin, span.end));
    floor = Math.max(dot + (span === undefined ? 2 : 1), span === undefined ? 0 : resumeAt(text, span));
  }
  return found;
}

/** Where the search goes on: behind the dots that follow a link, or behind the last dot of what was none. */
function resumeAt(text: string, { begin, end }: Span): number {
  return begin === undefined ? text.lastIndexOf('.', end - 1) + 1 : skipForward(text, end, (char) => char === '.');
}

/** `begin` is undefined where something stands in front that no link can have there. */
interface Span {
  readonly begin: number | undefined;
  readonly end: number;
}

interface Place {
  readonly dot: number;
  /** Nothing before this place is looked at. */
  readonly floor: number;
}

function spanAround(text: string, { dot, floor }: Place): Span {
  const domainEnd = skipForward(text, dot, (char) => char === '@' || isDomainChar(char));
  const hasAt = text.slice(dot, domainEnd).includes('@');
  const nameBegin = skipBack(text, { from: dot, floor }, isDomainChar);
  const begin = hasAt ? skipBack(text, { from: nameBegin, floor }, isUserChar) : nameBegin;
  const withPath = pathEnd(text, portEnd(text, domainEnd));
  const end = skipBack(text, { from: withPath, floor: dot + 1 }, (char) => char === '.');
  const userBegin = beginOfUser(text, { begin, floor, hasAt });
  return { begin: userBegin === undefined ? undefined : beginOfProtocol(text, userBegin, floor), end };
}

function portEnd(text: string, from: number): number {
  const digits = /^:0*([1-9]\d{0,4})(?!\d)/.exec(text.slice(from, from + 60));
  return digits !== null && Number(digits[1]) <= 65_535 ? from + digits[0].length : from;
}

/** Where path, query and fragment end that begin at `from`; `from` itself where there are none. */
function pathEnd(text: string, from: number): number {
  if (!'/?#'.includes(text.charAt(from)) || from >= text.length) return from;
  const longest = skipForward(text, from + 1, isPathChar);
  const end = skipBack(text, { from: longest, floor: from + 1 }, (char) => BAD_PATH_END.includes(char));
  return text.charAt(from) === '/' || end > from + 1 ? end : from;
}

/** Goes back over `user@` in front of the domain; undefined where there are two of them or the user is missing. */
function beginOfUser(
  text: string,
  { begin, floor, hasAt }: { begin: number; floor: number; hasAt: boolean },
): number | undefined {
  if (begin === floor || text.charAt(begin - 1) !== '@') return begin;
  const user = skipBack(text, { from: begin - 1, floor }, isUserChar);
  return hasAt || user === begin - 1 ? undefined : user;
}

const PROTOCOLS = [
  { ending: 'http', except: ['shttp'] },
  { ending: 'https', except: [] },
  { ending: 'ftp', except: ['tftp', 'sftp'] },
  { ending: 'tonsite', except: [] },
];

/** Goes back over the protocol; undefined where another one, or a word, stands directly in front. */
function beginOfProtocol(text: string, begin: number, floor: number): number | undefined {
  if (begin === floor) return begin;
  if (begin - floor >= 6 && text.startsWith('://', begin - 3)) {
    const from = skipBack(text, { from: begin - 3, floor }, isProtocolChar);
    const written = text.slice(from, begin - 3).toLowerCase();
    const known = PROTOCOLS.find(({ ending, except }) => written.endsWith(ending) && !except.includes(written));
    return known === undefined ? undefined : begin - 3 - known.ending.length;
  }
  return /[\p{L}\p{N}_/#@]$/u.test(text.slice(Math.max(floor, begin - 2), begin)) ? undefined : begin;
}

/** TDLib is_email_address. */
export function isEmailAddress(text: string): boolean {
  const [user = '', ...domain] = text.split('@');
  return isEmailUser(user) && isEmailDomain(domain.join('@'));
}

function isEmailUser(user: string): boolean {
  const parts = user.split(/[.+]/);
  const last = parts.pop() ?? '';
  return parts.length <= 10 && parts.every((part) => /^[\w-]{0,26}$/.test(part)) && /^[\w-]{1,35}$/.test(last);
}

function isEmailDomain(domain: string): boolean {
  const parts = domain.split('.');
  const last = parts.pop() ?? '';
  const areNames = parts.every((part) => /^[a-z0-9]([\w-]{0,28}[a-z0-9])?$/i.test(part));
  return parts.length >= 1 && parts.length <= 6 && areNames && /^[a-z]{2,8}$/i.test(last);
}

/** How much of a candidate is a link; 0 for none (TDLib fix_url). */
function validLength(candidate: string): number {
  const protocol = /^(?:https?|ftp|tonsite):\/\//i.exec(candidate)?.[0] ?? '';
  const rest = candidate.slice(protocol.length);
  const authorityEnd = rest.search(/[/?#]/);
  const authority = authorityEnd === -1 ? rest : rest.slice(0, authorityEnd);
  const path = authorityEnd === -1 ? '' : rest.slice(authorityEnd);
  const domain = authority.slice(authority.indexOf('@') + 1).replace(/:[^:]*$/, '');
  if (!isDomain(domain, protocol !== '')) return 0;
  return protocol.length + authority.length + balancedLength(path);
}

const BRACKETS = ['()', '[]', '{}'];

/** A path ends where a bracket closes that it did not open, and never with the end of a sentence. */
function balancedLength(path: string): number {
  const depths = BRACKETS.map(() => 0);
  const isBalanced: CharTest = (char) => {
    BRACKETS.forEach((pair, n) => {
      depths[n] = (depths[n] ?? 0) + (char === pair.charAt(0) ? 1 : 0) - (char === pair.charAt(1) ? 1 : 0);
    });
    return depths.every((depth) => depth >= 0);
  };
  const length = skipForward(path, 0, isBalanced);
  return skipBack(path, { from: length, floor: 0 }, (char) => BAD_PATH_END.includes(char));
}

function isDomain(domain: string, hasProtocol: boolean): boolean {
  if (domain.toLowerCase() === 'teiegram.org') return false;
  const parts = domain.split('.');
  if (parts.length === 1 || parts.some((part) => !isDomainPart(part))) return false;
  if (parts.length === 4 && parts.every(isOctet)) return true;
  if (/^[\d.]*$/.test(domain)) return false;
  const top = parts.at(-1) ?? '';
  if (parts.at(-2)?.includes('_') === true || Array.from(top).length <= 1) return false;
  if (top.startsWith('xn--')) return /^xn--[a-z0-9]{2,}$/i.test(top);
  return !/[_-]/.test(top) && (hasProtocol || isTopLevelDomain(top));
}

function isDomainPart(part: string): boolean {
  const bytes = Buffer.byteLength(part);
  return bytes > 0 && bytes < 64 && !part.endsWith('-');
}

function isOctet(part: string): boolean {
  return /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255;
}
