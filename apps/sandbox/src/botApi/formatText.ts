import type { TelegramMessageEntity } from '@gramio/types/objects';
export function formatText({
  text,
  entities = [],
}: {
  text: string;
  parseMode?: string;
  entities?: TelegramMessageEntity[];
}): { text: string; entities: TelegramMessageEntity[] } {
  const command = /^\/\w+(@\w+)?/.exec(text);
  return {
    text: text.trim(),
    entities:
      command !== null && entities.length === 0
        ? [{ type: 'bot_command', offset: 0, length: command[0].length }]
        : entities,
  };
}
