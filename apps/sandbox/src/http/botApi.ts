import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate, methodName, runMethod } from '../botApi/index.js';
import type { Fault } from '../faults.js';
import type { JournaledCall } from '../journal.js';
import type { Runtime } from '../runtime.js';
import type { Bot } from '../world/accounts.js';
import { errorAnswer, type HttpAnswer, type MethodAnswer, okAnswer, writeAnswer } from './answer.js';
import { applyFault } from './applyFault.js';
import { type ApiCall, readApiCall } from './call.js';

/** Serves one call of the Bot API: reads it, carries it out, writes it down and answers, unless a fault is to happen. */
export async function serveBotApi(runtime: Runtime, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const call = await readApiCall(request);
    const bot = authenticate(runtime.telegram, call.token);
    await serveCall(runtime, { bot, call }, response);
  } catch (error) {
    writeAnswer(response, errorAnswer(error));
  }
}

interface Known {
  readonly bot: Bot;
  readonly call: ApiCall;
}

async function serveCall(runtime: Runtime, { bot, call }: Known, response: ServerResponse): Promise<void> {
  const { telegram, journal, faults, clock } = runtime;
  const method = methodName(call.method) ?? call.method;
  const entry = journal.begin({ botId: bot.id, method, params: call.params.toJSON(), files: [...call.files.keys()] });
  telegram.changes.mark();
  const fault = faults.take({ botId: bot.id, method, params: call.params });
  if (fault?.when === 'before') {
    const isDone = await applyFault({ effect: fault.effect, response, answer: undefined, clock });
    if (isDone) {
      withheld(runtime, entry, { fault });
      return;
    }
  }
  const answer = await carryOut(runtime, { bot, call }, entry);
  const late = lateFault(runtime, fault);
  if (late !== undefined) {
    withheld(runtime, entry, { fault: late, body: JSON.parse(answer.body) });
    await applyFault({ effect: late.effect, response, answer, clock });
    return;
  }
  journal.end(entry, { kind: 'answered', status: answer.status, body: JSON.parse(answer.body) });
  telegram.changes.mark();
  writeAnswer(response, answer);
}

/** The fault that an answer meets on its way; the network may have gone down since the call came. */
function lateFault({ faults }: Runtime, fault: Fault | undefined): Fault | undefined {
  if (faults.network === 'hang') return { effect: { kind: 'timeout' }, when: 'after' };
  if (faults.network === 'refuse') return { effect: { kind: 'reset' }, when: 'after' };
  return fault?.when === 'after' ? fault : undefined;
}

function withheld(
  { journal, telegram }: Runtime,
  entry: JournaledCall,
  { fault, body }: { fault: Fault; body?: unknown },
): void {
  journal.end(entry, { kind: 'withheld', fault: fault.effect.kind, ...(body === undefined ? {} : { body }) });
  telegram.changes.mark();
}

async function carryOut({ telegram }: Runtime, { bot, call }: Known, entry: JournaledCall): Promise<HttpAnswer> {
  const { method, params, files } = call;
  return answerOf(async () => {
    const result = await runMethod(method, { telegram, bot, params, files });
    entry.tookEffect = true;
    return result;
  });
}

async function answerOf(run: () => Promise<MethodAnswer>): Promise<HttpAnswer> {
  try {
    return okAnswer(await run());
  } catch (error) {
    return errorAnswer(error);
  }
}
