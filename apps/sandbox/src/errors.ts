import type { TelegramResponseParameters } from '@gramio/types/objects';

/**
 * What the Bot API answers with `ok: false`. `description` is Telegram's own text with its prefix, for example
 * `Bad Request: message to edit not found`; the HTTP status equals `code`.
 */
export class ApiError extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
    readonly parameters?: TelegramResponseParameters,
  ) {
    super(`${code} ${description}`);
  }
}

/** A 400 with Telegram's prefix put in front of `reason`. */
export function badRequest(reason: string): ApiError {
  return new ApiError(400, `Bad Request: ${reason}`);
}

/** A 403 with Telegram's prefix put in front of `reason`. */
export function forbidden(reason: string): ApiError {
  return new ApiError(403, `Forbidden: ${reason}`);
}

/** A 429; `seconds` is what the caller is told to wait, in the body and in the `Retry-After` header. */
export function tooManyRequests(seconds: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
}
