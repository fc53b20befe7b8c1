/** Keeping bot tokens out of messages, log lines and errors. */

/** A bot token, wherever it stands. */
const tokenPattern = /\d{6,12}:[A-Za-z0-9_-]{30,}/g;

export function scrub(text: string): string {
  return text.replace(tokenPattern, '[token]');
}

/** Takes the token out of an error's texts, where libraries put it with the URL. */
export function scrubError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  error.message = scrub(error.message);
  if (error.stack !== undefined) error.stack = scrub(error.stack);
  return error;
}
