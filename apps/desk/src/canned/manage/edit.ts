import type { Buttons, Content } from '../../relay/content.js';
import { isCannedContent, type CannedContent } from '../../relay/canned.js';
import type { CannedAction } from '../../store/cannedWrite.js';
import { offered, withWording, withWords, wordsOf, type CannedReply, type StoredReply } from '../reply.js';
import type { DialogueState, Press } from './state.js';

type Edit = Extract<DialogueState, { kind: 'edit' }>;

/** What the audit calls an edit. */
export function editedBy({ field, language }: Edit): CannedAction {
  switch (field) {
    case 'text':
      return language === '' ? 'canned_text' : 'canned_language';
    case 'title':
      return 'canned_renamed';
    case 'shortcut':
      return 'canned_shortcut';
    case 'keywords':
      return 'canned_keywords';
    case 'buttons':
      return 'canned_text';
  }
}

export function actionOf(name: Press['name']): CannedAction {
  if (name === 'archive') return 'canned_archived';
  return name === 'restore' ? 'canned_restored' : 'canned_language';
}

/** The reply as an answer to a question makes it, or the sentence that says why not. A dash alone stands for nothing. */
export function editRequest(
  reply: StoredReply,
  edit: Edit,
  said: Content,
): { reply: CannedReply } | { problem: string } {
  if (!isCannedContent(said)) return { problem: 'canned-ask-again' };
  const { text } = wordsOf(said);
  const line = text.trim() === '-' ? '' : text.trim();
  switch (edit.field) {
    case 'text':
      return {
        reply: { ...reply, wordings: withWording(reply, edit.language, newContent(reply, edit.language, said)) },
      };
    case 'title':
      return { reply: { ...reply, title: line } };
    case 'shortcut': {
      const { title, keywords, archived, wordings } = reply;
      const shortcut = line === '' ? {} : { shortcut: line.toLowerCase() };
      return { reply: { title, keywords, archived, wordings, ...shortcut } };
    }
    case 'keywords':
      return { reply: { ...reply, keywords: keywordsIn(line) } };
    case 'buttons': {
      const buttons = buttonsIn(line);
      if (!buttons) return { problem: 'canned-ask-buttons' };
      return { reply: { ...reply, wordings: withWording(reply, '', withButtons(offered(reply), buttons)) } };
    }
  }
}

/** Words in the place of words; a file keeps its place when only words came, and a file that came takes it. */
function newContent(reply: StoredReply, language: string, said: CannedContent): CannedContent {
  const old = reply.wordings.find((wording) => wording.language === language)?.content ?? offered(reply);
  const buttons = said.buttons ?? old.buttons;
  const more = buttons ? { buttons } : {};
  if (said.kind === 'media') return { ...said, ...more };
  if (old.kind === 'media' && old.media !== 'sticker') return withWords(old, wordsOf(said));
  return { ...said, ...more };
}

/** The same with these buttons and no others. */
function withButtons(content: CannedContent, buttons: Buttons): CannedContent {
  const more = buttons.length === 0 ? {} : { buttons };
  if (content.kind === 'text') return { kind: 'text', text: content.text, entities: content.entities, ...more };
  const { kind, media, file, fileKey, caption, spoiler, captionAbove } = content;
  return { kind, media, file, fileKey, caption, spoiler, captionAbove, ...more };
}

function keywordsIn(line: string): string[] {
  const words = line.split(/[,\n]/).map((word) => word.trim());
  return [...new Set(words.filter(Boolean))];
}

/** A line for each: `Shop - https://example.com`. Undefined when a line is none. */
function buttonsIn(text: string): Buttons | undefined {
  if (text === '') return [];
  const rows = text.split('\n').filter((line) => line.trim() !== '');
  const buttons = rows.map((line) => {
    const [, name, url] = /^(.+?)\s*[-–—|:]\s*(\S+:\/\/\S+)$/u.exec(line.trim()) ?? [];
    return name === undefined || url === undefined ? undefined : [{ text: name, url }];
  });
  return buttons.every((row) => row !== undefined) ? buttons : undefined;
}
