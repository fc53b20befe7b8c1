import type { World } from '../world/world.js';

/** The world as one bot sees it: file ids, private chats and names differ from bot to bot. */
export interface View {
  readonly world: World;
  readonly botId: number;
}
