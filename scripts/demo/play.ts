import { messageOf } from '../../apps/desk/src/errors.js';
import type { SandboxClient } from '../../apps/sandbox/src/control/client.js';
import { acts } from './acts.js';
import { heading, print } from './screen.js';
import type { People } from './stage.js';

/** Plays all acts and prints them. Ends with the first thing that does not show. */
export async function play(stage: People & { readonly control: SandboxClient }): Promise<'played' | 'failed'> {
  const scene = { ...stage, posts: new Map(), messages: new Map() };
  print('Ann and Ben are customers, Maria and Tom agents. The Telegram is the sandbox; the desk is the real one.');
  try {
    for (const [index, { title, play: playAct }] of acts.entries()) {
      print(heading(index + 1, title));
      await playAct(scene);
    }
  } catch (error) {
    print('', `THIS DID NOT SHOW: ${messageOf(error)}`);
    return 'failed';
  }
  const calls = (await scene.control.calls()).filter(({ method }) => /^(send|copy|edit|delete)/.test(method));
  print('', `Everything showed; it took ${calls.length} calls of the Bot API. To try it yourself: npm start`);
  return 'played';
}
