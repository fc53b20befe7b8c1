import type { RichText } from '../../relay/content.js';
import { anyLanguage, type CannedContent } from '../../relay/canned.js';
import { excerpt, join, styled } from '../../relay/richText.js';
import type { Phrases } from '../../text/phrases.js';
import type { Field, Problem } from '../check.js';
import { offered, wordsOf, type StoredReply, type Usage } from '../reply.js';
import { writePress, writeState, type DialogueState, type EditableField, type ListState, type Press } from './state.js';

/** What the desk shows in private: words with buttons, a question to answer, or a reply as customers see it. */
export type Screen =
  | { readonly kind: 'words'; readonly text: RichText; readonly buttons: readonly (readonly Button[])[] }
  | { readonly kind: 'question'; readonly text: RichText }
  | { readonly kind: 'content'; readonly content: CannedContent };

export interface Button {
  readonly text: string;
  readonly data: string;
}

const fieldButtons: Readonly<Record<EditableField, string>> = {
  text: 'canned-button-text',
  title: 'canned-button-title',
  shortcut: 'canned-button-shortcut',
  keywords: 'canned-button-keywords',
  buttons: 'canned-button-buttons',
};

const fieldQuestions: Readonly<Record<EditableField, string>> = {
  text: 'canned-ask-text',
  title: 'canned-ask-title',
  shortcut: 'canned-ask-shortcut',
  keywords: 'canned-ask-keywords',
  buttons: 'canned-ask-buttons',
};

const questions: Readonly<Record<Exclude<DialogueState['kind'], 'edit'>, string>> = {
  language: 'canned-ask-language',
  save: 'canned-ask-save',
  search: 'canned-ask-search',
  list: 'canned-ask-search',
};

const fieldNames: Readonly<Record<Field, string>> = {
  title: 'canned-field-title',
  shortcut: 'canned-field-shortcut',
  keywords: 'canned-field-keywords',
  text: 'canned-field-text',
  entities: 'canned-field-entities',
  media: 'canned-field-media',
  buttons: 'canned-field-buttons',
  languages: 'canned-field-languages',
};

/** Replies on one page of the list. */
export const pageSize = 8;
/** How much is told about a reply, in characters: all of it together must fit into one message. */
const factsLimit = 1_200;
const excerptLimit = 700;

export interface Screens {
  /** One page of the list; `total` is how many there are on all of them. */
  list(shown: readonly StoredReply[], state: ListState, counts: { total: number; archived: number }): Screen;
  view(reply: StoredReply, state: ListState, context: { uses: number; mayDelete: boolean; heading?: string }): Screen;
  languages(reply: StoredReply, state: ListState): Screen;
  usage(
    reply: StoredReply,
    state: ListState,
    used: { people: readonly (Usage & { name: string })[]; lastMonth: number },
  ): Screen;
  confirmDelete(reply: StoredReply, state: ListState): Screen;
  question(state: DialogueState, reply?: StoredReply): Screen;
  saved(reply: StoredReply, botName: string): Screen;
  problems(problems: readonly Problem[]): Screen;
  plain(id: string, args?: Readonly<Record<string, string>>): Screen;
}

/** `link` makes an address that carries a state; nobody needs to follow it. */
export function createScreens({ say }: Phrases, link: (state: string) => string): Screens {
  const button = (id: string, name: Press['name'], press: Partial<Press> = {}): Button => ({
    text: say(id),
    data: writePress(name, press),
  });
  /** The state stands behind the sign at the front of a message. */
  const carrying = (sign: string, state: DialogueState): RichText => ({
    text: `${sign} `,
    entities: [{ type: 'text_link', offset: 0, length: sign.length, url: link(writeState(state)) }],
  });
  const words = (text: RichText | string, buttons: Button[][] = []): Screen => ({
    kind: 'words',
    text: typeof text === 'string' ? { text, entities: [] } : text,
    buttons: buttons.filter((row) => row.length > 0),
  });
  const back = ({ id }: StoredReply): Button => button('canned-button-back', 'view', { reply: id });

  const list: Screens['list'] = (shown, state, counts) => {
    const { page } = state;
    const pages = Math.max(1, Math.ceil(counts.total / pageSize));
    const count = String(counts.total);
    const heading =
      state.query !== ''
        ? say('canned-list-found', { query: state.query, count })
        : say(state.archived ? 'canned-list-archived' : 'canned-list', { count });
    const hint =
      counts.total > 0 ? '' : say(state.query === '' && !state.archived ? 'canned-list-empty' : 'canned-list-nothing');
    const turn = (id: string, to: number): Button => button(id, 'list', { detail: String(to) });
    return words(join(carrying('💬', state), styled('bold', heading), ...(hint === '' ? [] : ['\n\n', hint])), [
      ...shown.map(({ id, title, refusal }) => [
        { text: `${refusal === undefined ? '' : '⚠️ '}${title}`, data: writePress('view', { reply: id }) },
      ]),
      [
        ...(page > 0 ? [turn('canned-button-earlier', page - 1)] : []),
        ...(pages > 1 ? [{ text: `${page + 1}/${pages}`, data: writePress('list', { detail: String(page) }) }] : []),
        ...(page < pages - 1 ? [turn('canned-button-later', page + 1)] : []),
      ],
      [
        button('canned-button-search', 'search'),
        ...(state.archived || state.query !== '' ? [button('canned-button-live', 'live')] : []),
        ...(!state.archived && counts.archived > 0
          ? [
              {
                text: say('canned-button-archived', { count: String(counts.archived) }),
                data: writePress('archived'),
              },
            ]
          : []),
      ],
    ]);
  };

  const view: Screens['view'] = (reply, state, { uses, mayDelete, heading }) => {
    const { id, version, shortcut, keywords, wordings, archived, refusal } = reply;
    const content = offered(reply);
    const said = wordsOf(content);
    const about = [
      ...(shortcut === undefined ? [] : [say('canned-view-shortcut', { shortcut })]),
      ...(keywords.length === 0 ? [] : [say('canned-view-keywords', { keywords: keywords.join(', ') })]),
      ...(wordings.length === 1
        ? []
        : [
            say('canned-view-languages', {
              languages: wordings
                .slice(1)
                .map(({ language }) => language)
                .join(', '),
            }),
          ]),
      ...(content.buttons
        ? [
            say('canned-view-buttons', {
              buttons: content.buttons
                .flat()
                .map(({ text }) => text)
                .join(', '),
            }),
          ]
        : []),
      say('canned-view-uses', { count: String(uses) }),
      ...(archived ? [say('canned-view-archived')] : []),
      ...(refusal === undefined ? [] : [say('canned-view-refused', { refusal })]),
    ];
    const press = { reply: id, version };
    const ask = (field: EditableField): Button => button(fieldButtons[field], 'ask', { ...press, detail: field });
    return words(
      join(
        carrying('💬', state),
        ...(heading === undefined ? [] : [excerpt({ text: heading, entities: [] }, factsLimit), '\n\n']),
        styled('bold', reply.title),
        '\n',
        styled('italic', excerpt({ text: about.join('\n'), entities: [] }, factsLimit).text),
        ...(content.kind === 'media' ? [`\n\n[${content.media}]`] : []),
        ...(said.text === '' ? [] : ['\n\n', excerpt(said, excerptLimit)]),
      ),
      [
        [button('canned-button-preview', 'preview', press), button('canned-button-usage', 'usage', press)],
        [ask('text'), ask('title')],
        [ask('shortcut'), ask('keywords')],
        [ask('buttons'), button('canned-button-languages', 'languages', press)],
        [
          archived
            ? button('canned-button-restore', 'restore', press)
            : button('canned-button-archive', 'archive', press),
          ...(mayDelete ? [button('canned-button-delete', 'delete', press)] : []),
        ],
        [{ text: say('canned-button-list'), data: writePress('list', { detail: String(state.page) }) }],
      ],
    );
  };

  const languages: Screens['languages'] = (reply, state) => {
    const { id, version, wordings } = reply;
    const press = { reply: id, version };
    return words(join(carrying('💬', state), styled('bold', reply.title), '\n', say('canned-languages')), [
      ...wordings
        .filter(({ language }) => language !== anyLanguage)
        .map(({ language }) => [
          { text: `👁 ${language}`, data: writePress('preview', { ...press, detail: language }) },
          { text: `✏️ ${language}`, data: writePress('ask', { ...press, detail: `text.${language}` }) },
          { text: `🗑 ${language}`, data: writePress('drop', { ...press, detail: language }) },
        ]),
      [button('canned-button-add-language', 'language', press)],
      [back(reply)],
    ]);
  };

  const usage: Screens['usage'] = (reply, state, { people, lastMonth }) => {
    const total = people.reduce((sum, { uses }) => sum + uses, 0);
    const rows = people.slice(0, 10).map(({ name, person, uses }) => `${name === '' ? person : name}: ${uses}`);
    const counts = say('canned-usage', { total: String(total), month: String(lastMonth) });
    return words(join(carrying('💬', state), styled('bold', reply.title), '\n', [counts, ...rows].join('\n')), [
      [back(reply)],
    ]);
  };

  const confirmDelete: Screens['confirmDelete'] = (reply, state) =>
    words(join(carrying('💬', state), say('canned-delete-sure', { title: reply.title })), [
      [button('canned-button-erase', 'erase', { reply: reply.id, version: reply.version }), back(reply)],
    ]);

  const question: Screens['question'] = (state, reply) => {
    const title = reply?.title ?? (state.kind === 'save' ? state.title : '');
    const id = state.kind === 'edit' ? fieldQuestions[state.field] : questions[state.kind];
    const language = state.kind === 'edit' && state.language !== anyLanguage ? ` (${state.language})` : '';
    return {
      kind: 'question',
      text: join(carrying('✏️', state), styled('bold', `${title}${language}`), title === '' ? '' : '\n', say(id)),
    };
  };

  return {
    list,
    view,
    languages,
    usage,
    confirmDelete,
    question,
    saved: ({ title, shortcut }, botName) =>
      words(say('canned-saved-here', { title, call: `@${botName} ${shortcut ?? title}` })),
    problems: (problems) =>
      words(problems.map(({ field, id, args }) => `⚠️ ${say(fieldNames[field])} ${say(id, args)}`).join('\n')),
    plain: (id, args) => words(say(id, args)),
  };
}
