import { badRequest } from '../errors.js';
import { renderRights } from '../render/member.js';
import type { Bot, DefaultRights } from '../world/accounts.js';
import { NO_RIGHTS, rightNames } from '../world/members.js';
import type { BotCall, Methods } from './call.js';
import { isJsonObject, type JsonObject, parsing, readBoolean } from './json.js';

export const defaultRightMethods = {
  setMyDefaultAdministratorRights(call) {
    call.bot.defaultRights[placeParam(call)] = rightsParam(call);
    call.telegram.changes.mark();
    return true;
  },

  getMyDefaultAdministratorRights(call) {
    const place = placeParam(call);
    const { rights, isAnonymous } = call.bot.defaultRights[place];
    return { ...renderRights(rights, place === 'channels' ? 'channel' : 'supergroup'), is_anonymous: isAnonymous };
  },
} satisfies Partial<Methods>;

function placeParam({ params }: BotCall): keyof Bot['defaultRights'] {
  return params.boolean('for_channels') ? 'channels' : 'groups';
}

/** Without `rights` all are taken back (Bot API: setMyDefaultAdministratorRights). */
function rightsParam({ params }: BotCall): DefaultRights {
  const value = params.json('rights', 'administrator rights JSON object');
  if (value === undefined) return { rights: { ...NO_RIGHTS }, isAnonymous: false };
  if (!isJsonObject(value)) throw badRequest("can't parse administrator rights: expected an Object");
  return parsing('administrator rights', () => readRights(value));
}

function readRights(value: JsonObject): DefaultRights {
  const rights: DefaultRights['rights'] = { ...NO_RIGHTS };
  for (const right of rightNames(rights)) rights[right] = readBoolean(value, right);
  return { rights, isAnonymous: readBoolean(value, 'is_anonymous') };
}
