import type { ShownMessage } from '../../apps/sandbox/src/control/client.js';

/** How the demo looks in a terminal. Everything here is text in, text out, but for `print`. */

const usesColours = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
const colour =
  (code: number) =>
  (text: string): string =>
    usesColours ? `\u001b[${code}m${text}\u001b[0m` : text;
const bold = colour(1);
const dim = colour(2);
const green = colour(32);
const cyan = colour(36);

/** The newest messages of a chat that are shown; older ones are told by a line of dots. */
const newest = 4;

export function print(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

export function heading(number: number, title: string): string {
  return `\n${bold(`${number}. ${title}`)}`;
}

/** What somebody does. */
export function act(who: string, does: string): string {
  return `   ${green(who)} ${does}`;
}

/** What somebody sees now. */
export function view(title: string, messages: readonly ShownMessage[]): string[] {
  const older = Math.max(0, messages.length - newest);
  const lines = messages.slice(older).flatMap((message) => messageLines(message, messages));
  return [
    dim(`   ┌ ${title}`),
    ...(older > 0 ? [dim(`   │ ⋮ ${older} before`)] : []),
    ...(messages.length === 0 ? [dim('   │ nothing yet')] : lines.map((line) => `   ${dim('│')} ${line}`)),
    dim('   └'),
  ];
}

function messageLines(message: ShownMessage, chat: readonly ShownMessage[]): string[] {
  const name = `${message.from}:`;
  const marks = [
    ...(message.edited ? ['edited'] : []),
    ...(message.comments ? [`comments: ${message.comments.count}`] : []),
  ];
  const body = bodyOf(message, chat).split('\n');
  const indent = ' '.repeat(name.length + 1);
  return [
    ...answered(message, chat).map((line) => dim(`${indent}${line}`)),
    ...body.map((line, index) => (index === 0 ? `${cyan(name)} ${line}` : `${indent}${line}`)),
    ...(marks.length > 0 ? [dim(`${indent}(${marks.join(', ')})`)] : []),
  ];
}

function bodyOf(message: ShownMessage, chat: readonly ShownMessage[]): string {
  if (message.kind === 'text' || message.kind === 'service') return message.text;
  const album = chat.filter(({ albumId }) => albumId !== undefined && albumId === message.albumId);
  const place = album.length > 1 ? ` ${album.indexOf(message) + 1} of ${album.length} in an album` : '';
  return [`[${message.kind}${place}]`, message.caption].filter(Boolean).join(' ');
}

/** What a message answers, where that is to be seen in this chat. A comment that answers nothing but its post is plain. */
function answered({ replyTo, quote }: ShownMessage, chat: readonly ShownMessage[]): string[] {
  const target = chat.find(({ ref }) => replyTo?.messageId === ref.messageId);
  if (quote !== undefined) return [`↪ “${quote}”`];
  return target ? [`↪ ${target.from}: ${bodyOf(target, chat)}`] : [];
}
