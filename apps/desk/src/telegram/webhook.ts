import { createHash, timingSafeEqual } from 'node:crypto';
import type { TelegramUpdate } from '@gramio/types/objects';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Log } from '../log.js';

export interface WebhookParts {
  /** The path of WEBHOOK_URL. */
  readonly path: string;
  readonly secret: string;
  readonly log: Log;
  /** Resolves when the update is safe; only then is it answered with 200. */
  readonly store: (updates: readonly TelegramUpdate[]) => Promise<void>;
}

/** Seconds after which Telegram should try again while nothing can be stored; it honours the header. */
const retryAfterSeconds = 5;

const updateSchema = z.looseObject({ update_id: z.int() });

/** Takes updates from Telegram. The secret is compared before a body is read, in a time that tells nothing about it. */
export function addWebhook(server: FastifyInstance, { path, secret, log, store }: WebhookParts): void {
  server.post(
    path,
    {
      onRequest: async (request, reply) => {
        if (isSecret(request.headers['x-telegram-bot-api-secret-token'], secret)) return;
        // Closed, because the body is not waited for.
        await reply.status(401).header('Connection', 'close').send({ error: 'wrong or missing secret token' });
      },
    },
    async (request, reply) => {
      if (!isUpdate(request.body)) return reply.status(400).send({ error: 'not an update' });
      try {
        await store([request.body]);
        return await reply.status(200).send({});
      } catch (error) {
        log.warn({ err: error }, 'an update cannot be stored now; Telegram is asked to send it again');
        return reply.status(503).header('Retry-After', String(retryAfterSeconds)).send({ error: 'try again' });
      }
    },
  );
}

/** Hashes have one length, so the comparison takes one time. */
function isSecret(given: unknown, secret: string): boolean {
  if (typeof given !== 'string') return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

/** Only the number and the depth are looked at here; what it holds is stored as it came. */
function isUpdate(body: unknown): body is TelegramUpdate {
  return updateSchema.safeParse(body).success && !isDeeperThan(body, deepest);
}

/** Telegram's own updates have about ten levels. Thousands would exhaust the stack of whoever writes or stores them. */
const deepest = 100;

/** Whether objects and arrays stand in one another more than `levels` deep. Looks at one level after the other. */
function isDeeperThan(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((part): unknown[] => (typeof part === 'object' && part !== null ? Object.values(part) : []));
  }
  return false;
}
