/** What a question or a list of the desk's is about, as it travels with the message itself and comes back with it. */

export const editable = ['text', 'title', 'shortcut', 'keywords', 'buttons'] as const;
export type EditableField = (typeof editable)[number];

export type DialogueState =
  /** A new value of a field is asked for. An edit that was begun on an older version is refused. */
  | {
      readonly kind: 'edit';
      readonly field: EditableField;
      readonly reply: string;
      readonly version: number;
      /** Of the wording, for a text. */
      readonly language: string;
    }
  /** The code of a new language is asked for. */
  | { readonly kind: 'language'; readonly reply: string; readonly version: number }
  /** The message to keep is asked for. */
  | { readonly kind: 'save'; readonly title: string; readonly shortcut: string }
  | { readonly kind: 'search' }
  | ListState;

export interface ListState {
  readonly kind: 'list';
  readonly query: string;
  readonly archived: boolean;
  readonly page: number;
}

export const firstPage: ListState = { kind: 'list', query: '', archived: false, page: 0 };

/** As the parameters of a link, `canned` first. */
export function writeState(state: DialogueState): string {
  const { kind, ...rest } = state;
  const values = Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]);
  return new URLSearchParams([['canned', kind], ...values]).toString();
}

/** Undefined for what was not written here, or by another version of this program. */
export function readState(text: string): DialogueState | undefined {
  const values = new URLSearchParams(text);
  const get = (name: string): string => values.get(name) ?? '';
  const number = (name: string): number => (/^\d{1,9}$/.test(get(name)) ? Number(get(name)) : 0);
  const reply = /^\d{1,19}$/.test(get('reply')) ? get('reply') : '0';
  switch (get('canned')) {
    case 'edit': {
      const field = editable.find((name) => name === get('field'));
      return field && { kind: 'edit', field, reply, version: number('version'), language: get('language') };
    }
    case 'language':
      return { kind: 'language', reply, version: number('version') };
    case 'save':
      return { kind: 'save', title: get('title'), shortcut: get('shortcut') };
    case 'search':
      return { kind: 'search' };
    case 'list':
      return { kind: 'list', query: get('query'), archived: get('archived') === 'true', page: number('page') };
    default:
      return undefined;
  }
}

export const pressNames = [
  'list',
  'live',
  'archived',
  'search',
  'view',
  'preview',
  'ask',
  'languages',
  'language',
  'drop',
  'usage',
  'archive',
  'restore',
  'delete',
  'erase',
] as const;

/** A button that was pressed. What it may do is looked up anew: a client can send anything. */
export interface Press {
  readonly name: (typeof pressNames)[number];
  readonly reply: string;
  readonly version: number;
  /** A field, a language or a page. */
  readonly detail: string;
}

/** At most 64 bytes (Bot API: InlineKeyboardButton, `callback_data`): a number has 19 digits, a version 9. */
export function writePress(name: Press['name'], { reply = '', version = 0, detail = '' }: Partial<Press> = {}): string {
  return ['canned', name, reply, version, detail].join(' ').trimEnd();
}

export function readPress(data: string): Press | undefined {
  const [, wanted, reply = '', version = '0', detail = ''] =
    /^canned (\w+)(?: (\d{0,19}) (\d{1,9})(?: (\S{1,20}))?)?$/.exec(data) ?? [];
  const name = pressNames.find((known) => known === wanted);
  return name && { name, reply, version: Number(version), detail };
}
