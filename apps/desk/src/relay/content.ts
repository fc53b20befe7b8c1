import type { PersonId } from './ids.js';

/**
 * What a message says, in no messenger's words. Offsets and lengths are UTF-16 code units, as in JavaScript strings and
 * in every messenger that this desk speaks to.
 */
export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
  readonly customEmojiId?: string;
  readonly person?: PersonId;
  readonly unixTime?: number;
  readonly dateTimeFormat?: string;
}

export interface RichText {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** A button below a message that opens a link. */
export interface LinkButton {
  readonly text: string;
  readonly url: string;
}

/** Rows of buttons. */
export type Buttons = readonly (readonly LinkButton[])[];

export interface Text extends RichText {
  readonly kind: 'text';
  readonly buttons?: Buttons;
}

/** Media that can carry a caption. */
export const captionedMedia = ['photo', 'video', 'animation', 'audio', 'voice', 'document'] as const;
/** Media that cannot. */
export const bareMedia = ['video_note', 'sticker'] as const;

export type MediaKind = (typeof captionedMedia)[number] | (typeof bareMedia)[number];

export interface Media {
  readonly kind: 'media';
  readonly media: MediaKind;
  /** The messenger's own handle of the file, good for sending it again; opaque, and not always the same for one file. */
  readonly file: string;
  /** The same for the same file; tells whether an edit changed it. */
  readonly fileKey: string;
  readonly caption: RichText;
  readonly spoiler: boolean;
  readonly captionAbove: boolean;
  readonly buttons?: Buttons;
}

export interface Location {
  readonly kind: 'location';
  readonly latitude: number;
  readonly longitude: number;
  readonly accuracyMetres?: number;
  /** Present while the location is shared live: for how many seconds in all, and where it points. */
  readonly live?: { readonly seconds: number; readonly heading?: number; readonly alertMetres?: number };
}

export interface Venue {
  readonly kind: 'venue';
  readonly latitude: number;
  readonly longitude: number;
  readonly title: string;
  readonly address: string;
  readonly foursquareId?: string;
  readonly foursquareType?: string;
  readonly googlePlaceId?: string;
  readonly googlePlaceType?: string;
}

export interface Contact {
  readonly kind: 'contact';
  readonly phone: string;
  readonly firstName: string;
  readonly lastName?: string;
  readonly vcard?: string;
}

export interface Poll {
  readonly kind: 'poll';
  readonly question: RichText;
  readonly options: readonly RichText[];
  readonly quiz: boolean;
  readonly anonymous: boolean;
  readonly multiple: boolean;
  readonly closed: boolean;
}

/** A thrown die. A copy would be thrown anew and show another value, so it is told in words. */
export interface Dice {
  readonly kind: 'dice';
  readonly emoji: string;
  readonly value: number;
}

/** Something only the messenger itself can copy, such as a story. */
export interface Native {
  readonly kind: 'native';
  readonly name: string;
}

/** Something no bot may copy: it is named on one side and explained on the other. */
export interface Uncopyable {
  readonly kind: 'uncopyable';
  readonly name: string;
}

export type Content = Text | Media | Location | Venue | Contact | Poll | Dice | Native | Uncopyable;

export const noText: RichText = { text: '', entities: [] };

export function plainText(text: string): Content {
  return { kind: 'text', text, entities: [] };
}

/** The words that a person would read in it: its text or caption, or nothing. */
export function wordsOf(content: Content): RichText {
  switch (content.kind) {
    case 'text':
      return content;
    case 'media':
      return content.caption;
    case 'location':
    case 'venue':
    case 'contact':
    case 'poll':
    case 'dice':
    case 'native':
    case 'uncopyable':
      return noText;
  }
}

/** Whether two contents would look the same. */
export function sameContent(one: Content, other: Content): boolean {
  return canonical(one) === canonical(other);
}

/** One text for one look: key order, absent keys and the handle of a file do not count. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (key === 'file') return undefined;
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
