import { wordsOf, type RichText } from '../relay/content.js';
import { fitsInPost } from '../relay/customerMessage.js';
import { calm } from '../relay/mentions.js';
import { safeName, shownName, ticketTag } from '../relay/names.js';
import type { Card } from '../relay/ports.js';
import { excerpt, join, styled } from '../relay/richText.js';
import type { Phrases } from '../text/phrases.js';

/** How much of a first message that follows as a comment is shown in the post, in characters. */
const excerptLimit = 200;

/**
 * What the post of a conversation reads like. The customer's name stands on a line of its own, so that a name written
 * from right to left turns nothing else around; the ticket's hashtag always stands at the start of the second line.
 */
export function cardText(card: Card, phrases: Phrases): RichText {
  const { customer } = card;
  const username = safeName(customer.username ?? '');
  const language = safeName(customer.language ?? '');
  const details = [
    styled('code', `id ${customer.id}`),
    ...(username === '' ? [] : [`@${username}`]),
    ...(language === '' ? [] : [`${phrases.say('card-language')} ${language}`]),
  ];
  const lines: RichText[] = [
    styled('bold', shownName(customer)),
    join(`#${ticketTag(card.ticket)}`, ...details.flatMap((detail) => [' · ', detail])),
    ...(card.standing === 'active' ? [] : [join('🚫 ', phrases.say(`standing-${card.standing}`))]),
    ...(card.continued ? [styled('italic', phrases.say('card-continued'))] : []),
  ];
  const first = firstWords(card, phrases);
  return join(
    ...lines.flatMap((line, index) => (index === 0 ? [line] : ['\n', line])),
    ...(first ? ['\n\n', first] : []),
  );
}

/** The ticket that a post names, where `cardText` puts it. */
export function ticketOf(post: string): string | undefined {
  return /^[^\n]*\n#t(\d{1,19}) /.exec(post)?.[1];
}

function firstWords({ firstMessage }: Card, phrases: Phrases): RichText | undefined {
  if (!firstMessage) return undefined;
  const words = calm(wordsOf(firstMessage));
  if (fitsInPost(firstMessage)) return words;
  const opening = excerpt(words, excerptLimit);
  if (firstMessage.kind === 'text') return opening;
  const announced = styled('italic', phrases.say('card-first-media', { what: phrases.kind(kindName(firstMessage)) }));
  return opening.text === '' ? announced : join(announced, '\n', opening);
}

function kindName(content: NonNullable<Card['firstMessage']>): string {
  switch (content.kind) {
    case 'media':
      return content.media;
    case 'native':
    case 'uncopyable':
      return content.name;
    case 'text':
    case 'location':
    case 'venue':
    case 'contact':
    case 'poll':
    case 'dice':
      return content.kind;
  }
}
