import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate, methodName, runMethod } from '../botApi/index.js';
import type { Runtime } from '../runtime.js';
import type { Bot } from '../world/accounts.js';
import { errorAnswer, type HttpAnswer, okAnswer, writeAnswer } from './answer.js';
import { type ApiCall, readApiCall } from './call.js';

/** Serves one call of the Bot API: reads it, carries it out, writes it down and answers. */
export async function serveBotApi(runtime: Runtime, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const call = await readApiCall(request);
    const bot = authenticate(runtime.telegram, call.token);
    writeAnswer(response, await carryOut(runtime, bot, call));
  } catch (error) {
    writeAnswer(response, errorAnswer(error));
  }
}

async function carryOut({ telegram, journal }: Runtime, bot: Bot, call: ApiCall): Promise<HttpAnswer> {
  const entry = journal.begin({
    botId: bot.id,
    method: methodName(call.method) ?? call.method,
    params: call.params.toJSON(),
    files: [...call.files.keys()],
  });
  const answer = await answerOf(async () => {
    const result = await runMethod(call.method, { telegram, bot, params: call.params, files: call.files });
    entry.tookEffect = true;
    return result;
  });
  journal.end(entry, { kind: 'answered', status: answer.status, body: JSON.parse(answer.body) });
  telegram.changes.mark();
  return answer;
}

async function answerOf(run: () => Promise<Parameters<typeof okAnswer>[0]>): Promise<HttpAnswer> {
  try {
    return okAnswer(await run());
  } catch (error) {
    return errorAnswer(error);
  }
}
