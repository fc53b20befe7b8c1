import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { act } from '../state/act.js';
import { bots } from '../state/sandbox.js';
import { t } from '../text/index.js';
import { type Piece, piecesOf, safeLink, startOf } from './entities.js';
import type { Entity } from './entities.js';

export interface RichTextProps {
  readonly text: string;
  readonly entities: readonly Entity[];
  /** Who reads: links that start a bot start it for them. */
  readonly viewerId: number;
}

/** A text with its entities. All of it becomes text nodes: what people write is never markup. */
export function RichText({ text, entities, viewerId }: RichTextProps) {
  return <>{show(piecesOf(text, entities), viewerId)}</>;
}

function show(pieces: readonly Piece[], viewerId: number): ComponentChildren {
  return pieces.map((piece, index) =>
    piece.kind === 'text' ? piece.text : <Formatted key={index} piece={piece} viewerId={viewerId} />,
  );
}

interface FormattedProps {
  readonly piece: Extract<Piece, { kind: 'entity' }>;
  readonly viewerId: number;
}

/** Entities that are nothing but an element around their words. */
const TAGS: Readonly<Partial<Record<Entity['type'], 'b' | 'i' | 'u' | 's' | 'code' | 'pre' | 'blockquote'>>> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
};

/** Entities that lead to somebody or something inside Telegram. */
const NAMES: readonly Entity['type'][] = [
  'mention',
  'text_mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'email',
  'phone_number',
];

function Formatted({ piece, viewerId }: FormattedProps) {
  const { entity, text } = piece;
  const inside = show(piece.pieces, viewerId);
  const Tag = TAGS[entity.type];
  if (Tag !== undefined) return <Tag>{inside}</Tag>;
  if (NAMES.includes(entity.type)) return <span class="entity">{inside}</span>;
  if (entity.type === 'spoiler') return <Spoiler>{inside}</Spoiler>;
  if (entity.type !== 'url' && entity.type !== 'text_link') return <span>{inside}</span>;
  return (
    <Link address={entity.type === 'url' ? text : (entity.url ?? '')} viewerId={viewerId}>
      {inside}
    </Link>
  );
}

interface LinkProps {
  readonly address: string;
  readonly viewerId: number;
  readonly children: ComponentChildren;
}

/** A link that leads out, into a window that knows nothing of this one; or one that starts a bot of this world. */
function Link({ address, viewerId, children }: LinkProps) {
  const href = safeLink(address);
  if (href === undefined) return <span class="entity">{children}</span>;
  const start = startOf(address);
  const bot = bots.value.find(({ username }) => username.toLowerCase() === start?.username.toLowerCase());
  const open = (event: MouseEvent): void => {
    if (bot === undefined || start === undefined) return;
    event.preventDefault();
    void act(viewerId, (person) => person.starts(start.payload, bot.id));
  };
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" onClick={open}>
      {children}
    </a>
  );
}

function Spoiler({ children }: { readonly children: ComponentChildren }) {
  const isShown = useSignal(false);
  if (isShown.value) return <span class="spoiler shown">{children}</span>;
  return (
    <button
      type="button"
      class="spoiler"
      aria-label={t('spoiler')}
      onClick={() => {
        isShown.value = true;
      }}
    >
      <span aria-hidden="true">{children}</span>
    </button>
  );
}
