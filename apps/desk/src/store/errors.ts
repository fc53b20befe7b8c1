/** The SQLSTATE or system code of an error of the database or its connection, if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Codes of a network that does not reach the server. */
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
const connectionTexts =
  /Connection terminated|not queryable|timeout exceeded when trying to connect|Query read timeout|thread ended/;

/**
 * Whether the database could not do its work for a reason that passes by itself: it is away, starting, stopping, full or
 * out of connections. The work is sound and should be done again later. SQLSTATE classes of PostgreSQL, appendix A.
 */
export function isDatabaseAway(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined && (connectionCodes.has(code) || /^(08|53|57P|58)/.test(code) || code === '57014'))
    return true;
  return error instanceof Error && connectionTexts.test(error.message);
}
