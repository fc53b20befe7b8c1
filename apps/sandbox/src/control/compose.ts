import { formatText } from '../botApi/formatText.js';
import type { Content } from '../world/content.js';
import type { Composition } from './protocol/content.js';

/** Makes what a person put together into what a message holds. */
export function compose(composition: Composition): Content {
  switch (composition.kind) {
    case 'text':
      return { kind: 'text', ...formatText({ text: composition.text, entities: composition.entities ?? [] }) };
  }
}
