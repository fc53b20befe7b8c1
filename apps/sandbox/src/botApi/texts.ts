import type { Methods } from './call.js';
import { send } from './send.js';
import { linkPreviewParam, textParam } from './text.js';

export const textMethods = {
  sendMessage(call) {
    const { text, entities } = textParam(call);
    return send(call, { kind: 'text', text, entities, linkPreview: linkPreviewParam(call) });
  },
} satisfies Partial<Methods>;
