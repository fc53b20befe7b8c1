import type { faultRoutes } from '../protocol/faults.js';
import type { Handlers } from './handler.js';

export const faultHandlers: Handlers<typeof faultRoutes> = {
  addFault({ faults, telegram }, request) {
    const rule = faults.add(request);
    telegram.changes.mark();
    return rule;
  },

  faults: ({ faults }) => [...faults.list()],

  clearFaults({ faults, telegram }, { id }) {
    faults.clear(id);
    telegram.changes.mark();
    return {};
  },

  setNetwork({ faults, telegram }, { network }) {
    faults.network = network;
    telegram.changes.mark();
    return {};
  },
};
