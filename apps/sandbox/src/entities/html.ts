import type { TelegramMessageEntityType } from '@gramio/types/objects';
import { readEndTag, readReference, readStartTag, type StartTag, type TagName } from './htmlTag.js';
import { isCustomEmojiId } from './links.js';
import { atByte, Output, type Parsed, parseFault } from './markup.js';
import { endOf, type Entity } from './model.js';

interface Open {
  readonly tag: StartTag;
  readonly offset: number;
}

/** Reads HTML (Bot API: HTML style; TDLib parse_html). */
export function parseHtml(html: string): Parsed {
  if (html.includes('\0')) throw parseFault('Text must not contain null bytes');
  const output = new Output();
  const open: Open[] = [];
  let hasHalfPair = false;
  let at = 0;
  while (at < html.length) {
    const char = html.charAt(at);
    if (char === '<') {
      at = html.charAt(at + 1) === '/' ? closeTag({ html, at, open, output }) : openTag({ html, at, open, output });
    } else {
      const reference = char === '&' ? readReference(html.slice(at, at + 20)) : undefined;
      hasHalfPair ||= reference !== undefined && /\p{Surrogate}/u.test(reference.char);
      output.text += reference?.char ?? char;
      at += reference?.length ?? 1;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) {
    throw parseFault(`Can't find end tag corresponding to start tag "${unclosed.tag.name}"`);
  }
  if (hasHalfPair) {
    throw parseFault(
      'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    );
  }
  const { text, entities } = output.parsed();
  return { text, entities: entities.map((entity) => (entity.type === 'code' ? withoutLanguage(entity) : entity)) };
}

interface Place {
  readonly html: string;
  readonly at: number;
  readonly open: Open[];
  readonly output: Output;
}

function openTag({ html, at, open, output }: Place): number {
  const tag = readStartTag(html, at);
  if (tag.name === 'span' && tag.attributes.get('class') !== 'tg-spoiler') {
    throw parseFault(`Tag "span" must have class "tg-spoiler" ${atByte(html, at)}`);
  }
  open.push({ tag, offset: output.text.length });
  return tag.end;
}

function closeTag({ html, at, open, output }: Place): number {
  const entity = open.pop();
  if (entity === undefined) throw parseFault(`Unexpected end tag ${atByte(html, at)}`);
  const { name, end } = readEndTag(html, at);
  const expected = entity.tag.name;
  if (name !== '' && name !== expected) {
    throw parseFault(`Unmatched end tag ${atByte(html, at)}, expected "</${expected}>", found "</${name}>"`);
  }
  if (entity.offset < output.text.length) addEntity(entity, output);
  return end;
}

const STYLES: Partial<Record<TagName, TelegramMessageEntityType>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
};

function addEntity({ tag, offset }: Open, output: Output): void {
  const attribute = (name: string) => tag.attributes.get(name) ?? '';
  const style = STYLES[tag.name];
  if (style !== undefined) output.add(style, offset);
  else if (tag.name === 'blockquote') {
    output.add(tag.attributes.has('expandable') ? 'expandable_blockquote' : 'blockquote', offset);
  } else if (tag.name === 'a') output.addLink(attribute('href') || output.text.slice(offset), offset);
  else if (tag.name === 'tg-emoji') addEmoji(attribute('emoji-id'), { offset, output });
  else if (tag.name === 'tg-time') {
    output.addDateTime({ unixTime: parseInt(attribute('unix'), 10) || 0, format: attribute('format') }, offset);
  } else addCode({ tag, offset }, output);
}

/**
 * `<pre><code class="language-x">` and the other way round is one block with a language. A `code` keeps its language
 * until the end, in case a `pre` closes around it.
 */
function addCode({ tag, offset }: Open, output: Output): void {
  const language = /^language-(.+)$/s.exec(tag.attributes.get('class') ?? '')?.[1];
  const last = output.entities.at(-1);
  const other = tag.name === 'pre' ? 'code' : 'pre';
  const fits = last?.type === other && last.offset === offset && endOf(last) === output.text.length;
  const joined = tag.name === 'pre' ? last?.language : language;
  if (fits && joined !== undefined && !(last.type === 'pre' && last.language !== undefined)) {
    output.entities.pop();
    output.add('pre', offset, { language: joined });
  } else if (tag.name === 'pre') {
    output.add('pre', offset);
  } else {
    output.add('code', offset, language === undefined ? {} : { language });
  }
}

function withoutLanguage({ type, offset, length }: Entity): Entity {
  return { type, offset, length };
}

function addEmoji(id: string, { offset, output }: { offset: number; output: Output }): void {
  if (!isCustomEmojiId(id)) throw parseFault('Invalid custom emoji identifier specified');
  output.add('custom_emoji', offset, { custom_emoji_id: id });
}
