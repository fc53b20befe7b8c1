import type { Composition } from '../../apps/sandbox/src/control/client.js';
import type { Form } from './actions.js';
import { mark, type Wording } from './wording.js';

/** The content of a message that carries a wording. */
export function composed(wording: Wording, { form, note }: { form: Form; note: boolean }): Composition {
  const words = wordsFor(wording, { form, note });
  switch (form) {
    case 'text':
    case 'long text':
      return { kind: 'text', text: words };
    case 'photo':
    case 'document':
    case 'voice':
      return { kind: form, caption: words };
    case 'contact':
      return { kind: 'contact', phoneNumber: '+351210000000', firstName: mark(wording) };
    case 'venue':
      return { kind: 'venue', latitude: 38.71, longitude: -9.14, title: mark(wording), address: 'Rua Augusta' };
  }
}

/** Contacts and places cannot be edited by anybody (Bot API: edited_message). */
export function isEditable(form: Form): boolean {
  return form !== 'contact' && form !== 'venue';
}

/** The new words of a message whose wording is now this one. */
export function editedText(message: Wording & { readonly form: Form; readonly note: boolean }): string {
  return wordsFor(message, message);
}

const phrases = [
  'Where is my order?',
  'It is on its way 🚚',
  'See https://example.com/help for how.',
  'Obrigado, até já!',
  'The second one\nor the first',
];

/** More than a post takes in of a first message. */
const longLength = 700;

function wordsFor({ token, version }: Wording, { form, note }: { form: Form; note: boolean }): string {
  const phrase = phrases[(token + version) % phrases.length] ?? '';
  const words = `${note ? '// ' : ''}${mark({ token, version })} ${phrase}`;
  return form === 'long text' ? words.padEnd(longLength, ` ${phrase}`) : words;
}
