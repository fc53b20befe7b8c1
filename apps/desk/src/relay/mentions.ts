import type { Entity, RichText } from './content.js';

/** As many names as a message may call; more are a call to everybody. */
const mentionLimit = 5;

const calling: readonly string[] = ['mention', 'text_mention'];

/**
 * What a stranger wrote, as it may stand in a group: a message full of names calls none of them, for each would be told
 * of it. The words stay as they are; a name in code letters is not looked up (Bot API: MessageEntity).
 */
export function calm({ text, entities }: RichText): RichText {
  const mentions = entities.filter(({ type }) => calling.includes(type));
  if (mentions.length <= mentionLimit) return { text, entities };
  const silenced = entities.map((entity): Entity => {
    const { type, offset, length } = entity;
    return calling.includes(type) ? { type: 'code', offset, length } : entity;
  });
  return { text, entities: silenced };
}
