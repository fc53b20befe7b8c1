import type { Author, Conversation, History, Link, Said, Shown } from '../history.js';
import { wordingsIn } from '../wording.js';

/** The customer of a history that names no other. */
export const ann = 501;
export const bob = 502;

interface Told {
  readonly by?: Author;
  readonly customer?: number;
  readonly version?: number;
  readonly note?: boolean;
  readonly fitsInPost?: boolean;
  readonly handed?: number;
  readonly answers?: number;
  /** When the desk was told that it is taken back. */
  readonly unsent?: number;
  readonly sentAgain?: boolean;
}

/** The message `token`: written, and told to the desk, in the order of tokens. */
export function says(token: number, told: Told = {}): Said {
  const { by = 'customer', customer = ann, version = 1, note = false, fitsInPost = true, handed = token } = told;
  const chat = by === 'customer' ? customer : -100;
  const place = `${chat}/${token}`;
  const { answers, unsent, sentAgain } = told;
  return {
    ...{ token, by, customer, version, note, fitsInPost, place, messageId: token, handed },
    ...(answers !== undefined && { answers }),
    ...(unsent !== undefined && { unsent: { handed: unsent } }),
    ...(sentAgain !== undefined && { sentAgain }),
  };
}

/** `s2v1 -> c1`: it says s2v1 and is a reply to c1. */
export function shown(place: string, words: string): Shown {
  const [text = '', replyTo] = words.split(' -> ');
  return { place, text, wordings: wordingsIn(text), ...(replyTo !== undefined && { replyTo }) };
}

/**
 * What a history shows, in texts; places are made up: p1 is the first post, c2 the second comment, a1 the first answer, d1
 * the first post that was deleted.
 */
interface Texts {
  readonly customer?: number;
  readonly posts?: readonly string[];
  readonly deleted?: readonly string[];
  readonly comments?: readonly string[];
  readonly answers?: readonly string[];
}

export function conversation(texts: Texts): Conversation {
  const { customer = ann, posts = [], deleted = [], comments = [], answers = [] } = texts;
  const all = (kind: string, texts: readonly string[]): Shown[] =>
    texts.map((text, index) => shown(`${kind}${index + 1}`, text));
  return {
    ...{ customer, posts: all('p', posts), deleted: all('d', deleted) },
    ...{ comments: all('c', comments), answers: all('a', answers) },
  };
}

interface Parts {
  readonly said: readonly Said[];
  readonly conversations: readonly Conversation[];
  readonly stray?: readonly Shown[];
  readonly links?: readonly Link[];
  readonly places?: Readonly<Record<string, string>>;
  readonly flagged?: readonly string[];
  readonly undelivered?: readonly string[];
  /** Roots by place. */
  readonly threads?: Readonly<Record<string, number>>;
}

export function history(parts: Parts): History {
  const {
    said,
    conversations,
    stray = [],
    links = [],
    places = {},
    flagged = [],
    undelivered = [],
    threads = {},
  } = parts;
  return {
    said,
    conversations,
    stray,
    links,
    places: new Map(Object.entries(places).map(([place, text]) => [place, wordingsIn(text)])),
    flagged: new Set(flagged),
    undelivered: new Map(undelivered.map((place) => [place, 'surely'])),
    threads: new Map(Object.entries(threads)),
  };
}
