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
}

/** The message `token`: written, and told to the desk, in the order of tokens. */
export function says(token: number, told: Told = {}): Said {
  const { by = 'customer', customer = ann, version = 1, note = false, fitsInPost = true, handed = token } = told;
  const chat = by === 'customer' ? customer : -100;
  const place = `${chat}/${token}`;
  return { token, by, customer, version, note, fitsInPost, place, messageId: token, handed };
}

export function shown(place: string, text: string): Shown {
  return { place, text, wordings: wordingsIn(text) };
}

/** What a history shows, in texts; places are made up: p1 is the first post, c2 the second comment, a1 the first answer. */
interface Texts {
  readonly customer?: number;
  readonly posts?: readonly string[];
  readonly comments?: readonly string[];
  readonly answers?: readonly string[];
}

export function conversation({ customer = ann, posts = [], comments = [], answers = [] }: Texts): Conversation {
  const all = (kind: string, texts: readonly string[]): Shown[] =>
    texts.map((text, index) => shown(`${kind}${index + 1}`, text));
  return { customer, posts: all('p', posts), comments: all('c', comments), answers: all('a', answers) };
}

interface Parts {
  readonly said: readonly Said[];
  readonly conversations: readonly Conversation[];
  readonly stray?: readonly Shown[];
  readonly links?: readonly Link[];
  readonly places?: Readonly<Record<string, string>>;
  readonly flagged?: readonly string[];
}

export function history({ said, conversations, stray = [], links = [], places = {}, flagged = [] }: Parts): History {
  return {
    said,
    conversations,
    stray,
    links,
    places: new Map(Object.entries(places).map(([place, text]) => [place, wordingsIn(text)])),
    flagged: new Set(flagged),
  };
}
