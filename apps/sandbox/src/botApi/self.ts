import { renderMe } from '../render/user.js';
import type { Methods } from './call.js';

export const selfMethods = {
  getMe({ bot }) {
    return renderMe(bot);
  },
} satisfies Partial<Methods>;
