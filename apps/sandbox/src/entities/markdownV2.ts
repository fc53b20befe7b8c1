import type { TelegramMessageEntityType } from '@gramio/types/objects';
import { customEmojiIdOf, timeOf } from './links.js';
import { readPreHead } from './markdown.js';
import { atByte, Output, type Parsed, parseFault } from './markup.js';

const RESERVED = '_*[]()~`>#+-=|{}.!\n';

/** What begins an entity; the longer mark comes first. A block of code and a quote begin in ways of their own. */
const OPENINGS = [
  { mark: '__', type: 'underline' },
  { mark: '_', type: 'italic' },
  { mark: '*', type: 'bold' },
  { mark: '~', type: 'strikethrough' },
  { mark: '||', type: 'spoiler' },
  { mark: '`', type: 'code' },
  { mark: '![', type: 'custom_emoji' },
  { mark: '[', type: 'text_link' },
] as const;

const CLOSINGS: Partial<Record<TelegramMessageEntityType, string>> = {
  underline: '__',
  italic: '_',
  bold: '*',
  strikethrough: '~',
  spoiler: '||',
  code: '`',
  pre: '```',
  custom_emoji: ']',
  text_link: ']',
};

/** An entity that has begun. `place` is where its markup begins, `offset` where its text does. */
interface Open {
  readonly type: TelegramMessageEntityType;
  readonly language: string;
  readonly place: number;
  readonly offset: number;
}

/** Reads MarkdownV2 (Bot API: MarkdownV2 style; TDLib parse_markdown_v2). */
export function parseMarkdownV2(markup: string): Parsed {
  return new MarkdownV2(markup).parse();
}

class MarkdownV2 {
  private readonly output = new Output();
  private readonly open: Open[] = [];
  private at = 0;
  private isInQuote = false;
  private mayStartQuote = true;

  constructor(private readonly markup: string) {}

  parse(): Parsed {
    while (this.at < this.markup.length) this.step();
    if (this.isInQuote) this.closeQuoteAtEnd();
    this.refuseUnclosed();
    return this.output.parsed();
  }

  private step(): void {
    const char = this.char();
    if (char === '\\' && isAscii(this.char(1))) {
      this.write(this.char(1));
      this.at += 2;
    } else if (!this.isReserved(char)) {
      if (char !== '\r') this.mayStartQuote = false;
      this.output.text += char;
      this.at += 1;
    } else if (this.isQuoteEnd(char)) {
      this.closeQuote();
    } else if (this.isEnd()) {
      this.close();
    } else {
      this.begin(char);
    }
  }

  private char(ahead = 0): string {
    return this.markup.charAt(this.at + ahead);
  }

  private isAt(mark: string): boolean {
    return this.markup.startsWith(mark, this.at);
  }

  private write(char: string): void {
    this.output.text += char;
    if (char !== '\r') this.mayStartQuote = char === '\n';
  }

  private isReserved(char: string): boolean {
    const type = this.open.at(-1)?.type;
    return (type === 'code' || type === 'pre' ? '`' : RESERVED).includes(char);
  }

  private isQuoteEnd(char: string): boolean {
    return this.isInQuote && char === '\n' && this.char(1) !== '>';
  }

  private isEnd(): boolean {
    const type = this.open.at(-1)?.type;
    const mark = type === undefined ? undefined : CLOSINGS[type];
    return mark !== undefined && this.isAt(mark) && !(type === 'italic' && this.isAt('__'));
  }

  /** Begins what the character at hand stands for. */
  private begin(char: string): void {
    const style = OPENINGS.find(({ mark }) => this.isAt(mark));
    if (this.isAt('```')) this.startPre();
    else if (style !== undefined) this.start(style.type, style.mark.length);
    else if (char === '>') this.startQuote();
    else if (char === '\n') {
      this.write(char);
      this.at += 1;
    } else this.refuse(char);
  }

  private start(type: TelegramMessageEntityType, markupLength: number, language = ''): void {
    this.open.push({ type, language, place: this.at, offset: this.output.text.length });
    this.at += markupLength;
  }

  private startPre(): void {
    const { language, from } = readPreHead(this.markup, this.at + 3);
    this.start('pre', from - this.at, language);
  }

  /** A quote begins with the first line that begins with `>`; the marks of its other lines are just left out. */
  private startQuote(): void {
    if (!this.mayStartQuote) this.refuse('>');
    if (this.isInQuote) this.at += 1;
    else this.start('blockquote', 1);
    this.isInQuote = true;
  }

  private refuse(char: string): never {
    throw parseFault(`Character '${char}' is reserved and must be escaped with the preceding '\\'`);
  }

  private refuseUnclosed(): void {
    const entity = this.open.at(-1);
    if (entity === undefined) return;
    throw parseFault(`Can't find end of ${nameOf(entity)} entity ${atByte(this.markup, entity.place)}`);
  }

  private close(): void {
    const entity = this.open.pop();
    if (entity === undefined) return;
    const { type, language, offset } = entity;
    this.at += CLOSINGS[type]?.length ?? 0;
    if (type === 'text_link') this.closeLink(offset);
    else if (type === 'custom_emoji') this.closeEmoji(offset);
    else this.output.add(type, offset, language === '' ? {} : { language });
  }

  private closeLink(offset: number): void {
    const url = this.readUrl() ?? this.output.text.slice(offset);
    this.output.addLink(url, offset);
  }

  /** `![text](tg://emoji?id=...)` and `![text](tg://time?unix=...&format=...)`. */
  private closeEmoji(offset: number): void {
    const url = this.readUrl();
    if (url === undefined) throw parseFault('The entity must contain a tg://emoji or tg://time URL');
    const id = customEmojiIdOf(url);
    const time = timeOf(url);
    if (id !== undefined) this.output.add('custom_emoji', offset, { custom_emoji_id: id });
    else if (time !== undefined) this.output.addDateTime(time, offset);
    else throw parseFault('Invalid tg://emoji or tg://time URL specified');
  }

  /** Reads `(url)`; undefined when something else follows. */
  private readUrl(): string | undefined {
    if (this.char() !== '(') return undefined;
    this.at += 1;
    const begin = this.at;
    let url = '';
    while (this.at < this.markup.length && this.char() !== ')') {
      const isEscaped = this.char() === '\\' && isAscii(this.char(1));
      url += this.char(isEscaped ? 1 : 0);
      this.at += isEscaped ? 2 : 1;
    }
    if (this.char() !== ')') throw parseFault(`Can't find end of a URL ${atByte(this.markup, begin)}`);
    this.at += 1;
    return url;
  }

  /** Ends a quote with the line at hand, whose line break belongs to it. */
  private closeQuote(): void {
    const isExpandable = this.dropExpandMark(this.at);
    const quote = this.open.at(-1);
    if (quote?.type !== 'blockquote') {
      this.refuseUnclosed();
      return;
    }
    this.open.pop();
    this.write('\n');
    this.at += 1;
    this.isInQuote = false;
    this.output.add(isExpandable ? 'expandable_blockquote' : 'blockquote', quote.offset);
  }

  private closeQuoteAtEnd(): void {
    const isExpandable = this.dropExpandMark(this.markup.length);
    const quote = this.open.at(-1);
    if (quote?.type !== 'blockquote') return;
    this.open.pop();
    this.output.add(isExpandable ? 'expandable_blockquote' : 'blockquote', quote.offset);
  }

  /** A spoiler that only just began when the quote ends is the mark `||` of an expandable quote. */
  private dropExpandMark(end: number): boolean {
    const mark = this.open.at(-1);
    const between = mark?.type === 'spoiler' ? this.markup.slice(mark.place + 2, end) : undefined;
    const isMark = between === '' || (between === '\r' && end < this.markup.length);
    if (isMark) this.open.pop();
    return isMark;
  }
}

function isAscii(char: string): boolean {
  return char > '\0' && char <= '~';
}

/** Names as TDLib writes them in its faults. */
function nameOf({ type, language }: Open): string {
  switch (type) {
    case 'text_link':
      return 'TextUrl';
    case 'custom_emoji':
      return 'CustomEmoji';
    case 'blockquote':
      return 'BlockQuote';
    case 'pre':
      return language === '' ? 'Pre' : 'PreCode';
    default:
      return `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  }
}
