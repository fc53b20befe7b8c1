import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import type { ShownMessage } from '../../../src/control/client.js';
import { act } from '../state/act.js';
import { t, tCount } from '../text/index.js';
import { Icon } from '../ui/Icon.js';
import { kindName } from './words.js';

const Contact = z.object({ phone_number: z.string(), first_name: z.string(), last_name: z.string().optional() });
const Point = z.object({ latitude: z.number(), longitude: z.number(), live_period: z.number().optional() });
const Venue = z.object({ location: Point, title: z.string(), address: z.string() });
const Dice = z.object({ emoji: z.string(), value: z.number() });
const Checklist = z.object({ title: z.string(), tasks: z.array(z.object({ id: z.number(), text: z.string() })) });
const Poll = z.object({
  question: z.string(),
  type: z.string(),
  is_closed: z.boolean(),
  total_voter_count: z.number().default(0),
  options: z.array(z.object({ text: z.string(), voter_count: z.number() })),
});

export interface ObjectProps {
  readonly message: ShownMessage;
  readonly viewerId: number;
}

/** Kinds of messages that are neither text nor a file. */
export function ObjectContent({ message, viewerId }: ObjectProps) {
  const { details, kind } = message;
  switch (kind) {
    case 'contact': {
      const { success, data } = Contact.safeParse(details);
      if (!success) break;
      const name = [data.first_name, data.last_name].filter(Boolean).join(' ');
      return <Plate icon="person" title={name} words={data.phone_number} />;
    }
    case 'location': {
      const { success, data } = Point.safeParse(details);
      if (!success) break;
      const title = data.live_period === undefined ? t('location') : t('live_location');
      return <Plate icon="place" title={title} words={placeWords(data)} isPlace />;
    }
    case 'venue': {
      const { success, data } = Venue.safeParse(details);
      if (success) return <Plate icon="place" title={data.title} words={data.address} isPlace />;
      break;
    }
    case 'dice': {
      const { success, data } = Dice.safeParse(details);
      if (success) return <DiceThrow emoji={data.emoji} value={data.value} />;
      break;
    }
    case 'checklist': {
      const { success, data } = Checklist.safeParse(details);
      if (success)
        return <Plate icon="check" title={data.title} words={data.tasks.map(({ text }) => text).join(', ')} />;
      break;
    }
    case 'poll':
      return <PollBox message={message} viewerId={viewerId} />;
  }
  return <p class="unsupported">{t('unsupported', { kind: kindName(kind) })}</p>;
}

function placeWords({ latitude, longitude }: { latitude: number; longitude: number }): string {
  return `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
}

interface PlateProps {
  readonly icon: 'person' | 'place' | 'check';
  readonly title: string;
  readonly words: string;
  readonly isPlace?: boolean;
}

function Plate({ icon, title, words, isPlace = false }: PlateProps) {
  return (
    <div class={`plate ${isPlace ? 'plate-place' : ''}`}>
      <span class="file-badge">
        <Icon name={icon} />
      </span>
      <span class="file-words">
        <span class="file-name">{title}</span>
        <span class="file-size">{words}</span>
      </span>
    </div>
  );
}

function DiceThrow({ emoji, value }: { readonly emoji: string; readonly value: number }) {
  return (
    <span class="emoji-large" role="img" aria-label={`${t('dice')}: ${value}`}>
      {emoji}
      <span class="dice-value">{value}</span>
    </span>
  );
}

function PollBox({ message, viewerId }: ObjectProps): ComponentChildren {
  const { success, data: poll } = Poll.safeParse(message.details);
  if (!success) return null;
  const total = poll.options.reduce((sum, { voter_count: votes }) => sum + votes, 0);
  return (
    <div class="poll">
      <strong>{poll.question}</strong>
      <span class="file-size">{poll.type === 'quiz' ? t('quiz') : t('poll')}</span>
      {poll.options.map(({ text, voter_count: votes }, index) => (
        <button
          key={index}
          type="button"
          class="poll-option"
          disabled={poll.is_closed}
          onClick={() => void act(viewerId, (person) => person.votes(message.ref, index))}
        >
          <span>{text}</span>
          <span>{total === 0 ? '' : `${Math.round((votes / total) * 100)}%`}</span>
          <progress max={Math.max(total, 1)} value={votes} aria-label={text} />
        </button>
      ))}
      <span class="file-size">{tCount('votes', total)}</span>
    </div>
  );
}
