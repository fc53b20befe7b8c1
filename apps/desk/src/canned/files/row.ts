import { z } from 'zod';
import type { Entity } from '../../relay/content.js';
import { captionedMedia } from '../../relay/content.js';
import type { CannedContent } from '../../relay/canned.js';
import { anyLanguage } from '../../relay/canned.js';
import type { CannedReply } from '../reply.js';
import { wellFormed } from '../../relay/richText.js';
import { wordsOf } from '../reply.js';

/**
 * One reply as files hold it: `title` and `text`, and whatever else it has. In JSON and YAML a member each, in CSV a
 * column each.
 */

const entity = z.strictObject({
  type: z.string(),
  offset: z.int(),
  length: z.int(),
  url: z.string().optional(),
  language: z.string().optional(),
  customEmojiId: z.string().optional(),
  person: z.string().optional(),
  unixTime: z.number().optional(),
  dateTimeFormat: z.string().optional(),
});

const media = z.strictObject({
  kind: z.enum([...captionedMedia, 'sticker']),
  file: z.string(),
  fileKey: z.string(),
  spoiler: z.boolean().default(false),
  captionAbove: z.boolean().default(false),
});

const buttons = z.array(z.array(z.strictObject({ text: z.string(), url: z.string() })));

const wording = z.strictObject({
  text: z.string().default(''),
  entities: z.array(entity).optional(),
  media: media.optional(),
  buttons: buttons.optional(),
});

export const fileRow = z.strictObject({
  title: z.string({ error: 'is missing or not a text' }),
  text: z.string({ error: 'is missing or not a text' }),
  keywords: z.array(z.string()).optional(),
  shortcut: z.string().optional(),
  archived: z.boolean().optional(),
  entities: z.array(entity).optional(),
  media: media.optional(),
  buttons: buttons.optional(),
  languages: z.record(z.string(), wording).optional(),
});

export type FileRow = z.output<typeof fileRow>;
type FileWording = z.output<typeof wording>;

/** The members of a row, in the order in which they are written. */
export const fields = [
  'title',
  'text',
  'keywords',
  'shortcut',
  'archived',
  'entities',
  'media',
  'buttons',
  'languages',
] as const satisfies readonly (keyof FileRow)[];

/** What a file says of a reply. Only what there is gets a member, so that plain replies are plain in the file. */
export function toRow(reply: CannedReply): FileRow {
  const [{ content }, ...others] = reply.wordings;
  const languages = Object.fromEntries(others.map(({ language, content: said }) => [language, toWording(said)]));
  return {
    title: reply.title,
    ...toWording(content),
    ...(reply.keywords.length > 0 && { keywords: [...reply.keywords] }),
    ...(reply.shortcut !== undefined && { shortcut: reply.shortcut }),
    ...(reply.archived && { archived: true }),
    ...(others.length > 0 && { languages }),
  };
}

function toWording(content: CannedContent): FileWording {
  const { text, entities } = wordsOf(content);
  return {
    text,
    ...(entities.length > 0 && { entities: entities.map((entity) => ({ ...entity })) }),
    ...(content.kind === 'media' && {
      media: {
        kind: content.media === 'video_note' ? 'video' : content.media,
        file: content.file,
        fileKey: content.fileKey,
        spoiler: content.spoiler,
        captionAbove: content.captionAbove,
      },
    }),
    ...(content.buttons && { buttons: content.buttons.map((row) => row.map((button) => ({ ...button }))) }),
  };
}

/**
 * The reply that a row makes of what is there. What the row does not name stays as it is; formatting stays with its
 * words, so it goes when they change.
 */
export function fromRow(row: FileRow, existing: CannedReply | undefined): CannedReply {
  const before = existing?.wordings[0].content;
  const content = readWording(row, before);
  const languages =
    row.languages === undefined
      ? (existing?.wordings.slice(1) ?? [])
      : Object.entries(row.languages)
          .map(([language, said]) => ({ language: language.toLowerCase(), content: readWording(said, undefined) }))
          .sort((a, b) => (a.language < b.language ? -1 : 1));
  const shortcut = row.shortcut ?? existing?.shortcut ?? '';
  return {
    title: wellFormed(row.title),
    keywords: (row.keywords ?? existing?.keywords ?? []).map(wellFormed),
    archived: row.archived ?? existing?.archived ?? false,
    ...(shortcut !== '' && { shortcut }),
    wordings: [{ language: anyLanguage, content }, ...languages],
  };
}

function readWording(row: FileWording, before: CannedContent | undefined): CannedContent {
  const text = wellFormed(row.text);
  const known = before && wordsOf(before);
  const entities: readonly Entity[] = row.entities?.map(withoutAbsent) ?? (known?.text === text ? known.entities : []);
  const links = row.buttons ?? before?.buttons ?? [];
  const more = links.length === 0 ? {} : { buttons: links };
  if (row.media) {
    const { kind, ...file } = row.media;
    return { kind: 'media', media: kind, ...file, caption: { text, entities }, ...more };
  }
  if (before?.kind === 'media') return { ...before, caption: { text, entities }, ...more };
  return { kind: 'text', text, entities, ...more };
}

/** zod gives an optional member the value undefined, where the rest of the desk leaves it out. */
function withoutAbsent(entity: NonNullable<FileRow['entities']>[number]): Entity {
  const { url, language, customEmojiId, person, unixTime, dateTimeFormat, ...rest } = entity;
  return {
    ...rest,
    ...(url !== undefined && { url }),
    ...(language !== undefined && { language }),
    ...(customEmojiId !== undefined && { customEmojiId }),
    ...(person !== undefined && { person }),
    ...(unixTime !== undefined && { unixTime }),
    ...(dateTimeFormat !== undefined && { dateTimeFormat }),
  };
}
