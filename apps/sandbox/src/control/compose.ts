import { rollDice } from '../acts/copy.js';
import { createPoll } from '../acts/polls.js';
import { secondsNow, type Telegram } from '../telegram.js';
import type { Content } from '../world/content.js';
import { composeMedia, isMedia, keepFile } from './composeMedia.js';
import { composeObject } from './composeObject.js';
import type { ReadComposition } from './protocol/content.js';
import { typed } from './typed.js';

/** Who sends, and to which bot in private: such a bot is shown the right answer of a quiz. */
export interface Sending {
  readonly personId: number;
  readonly privateTo: number | undefined;
}

/** Makes what a person put together into what a message holds. */
export function compose(telegram: Telegram, composition: ReadComposition, sending: Sending): Content {
  if (isMedia(composition)) {
    const { caption: text = '', captionEntities: entities } = composition;
    return composeMedia(telegram, composition, typed(telegram.world, { text, entities, isCaption: true }));
  }
  switch (composition.kind) {
    case 'text':
      return { kind: 'text', ...typed(telegram.world, composition) };
    case 'video_note':
    case 'sticker':
      return { kind: composition.kind, file: keepFile(telegram.world, composition.kind, composition.file ?? {}).key };
    case 'location':
    case 'live_location':
    case 'venue':
      return composePlace(telegram, composition);
    case 'poll':
      return composePoll(telegram, composition, sending);
    case 'dice':
      return rollDice(telegram.world, composition.emoji) ?? { kind: 'unsupported' };
    case 'self_destructing':
    case 'unsupported':
      return { kind: composition.kind };
    default:
      return composeObject(telegram, composition, sending.personId);
  }
}

type Of<K extends ReadComposition['kind']> = Extract<ReadComposition, { kind: K }>;

function composePlace(telegram: Telegram, composition: Of<'location' | 'live_location' | 'venue'>): Content {
  const { latitude, longitude } = composition;
  const location = { latitude, longitude };
  switch (composition.kind) {
    case 'location':
      return { kind: 'location', location };
    case 'live_location': {
      const period = composition.periodSeconds;
      return { kind: 'location', location, live: { period, until: secondsNow(telegram) + period } };
    }
    case 'venue':
      return { kind: 'venue', venue: { location, title: composition.title, address: composition.address } };
  }
}

function composePoll(telegram: Telegram, composition: Of<'poll'>, { personId, privateTo }: Sending): Content {
  const { question, options, isAnonymous, correctOption } = composition;
  return createPoll(telegram, {
    authorId: personId,
    knownTo: privateTo,
    poll: {
      question,
      options: options.map((text, index) => ({ persistent_id: String(index), text, voter_count: 0 })),
      is_closed: false,
      is_anonymous: isAnonymous,
      type: correctOption === undefined ? 'regular' : 'quiz',
      allows_multiple_answers: false,
      allows_revoting: correctOption === undefined,
      members_only: false,
      ...(correctOption === undefined ? {} : { correct_option_ids: [correctOption] }),
    },
  });
}
