/** Keeping bot tokens out of messages, log lines and errors. */

/** What a bot token looks like: the bot's id and a secret. */
export const tokenShape = /\d+:[A-Za-z0-9_-]{20,}/;
/** Wherever it stands, also in the path of an encoded URL. */
const anyToken = new RegExp(tokenShape.source.replace(':', '(?::|%3[Aa])'), 'g');

export function scrub(text: string): string {
  return text.replace(anyToken, '[token]');
}

/** Takes the token out of an error's texts, where libraries put it with the URL. */
export function scrubError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  error.message = scrub(error.message);
  if (error.stack !== undefined) error.stack = scrub(error.stack);
  return error;
}
