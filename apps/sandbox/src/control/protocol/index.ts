import { botRoutes } from './bots.js';
import { chatRoutes } from './chats.js';
import { faultRoutes } from './faults.js';
import { messageRoutes } from './messages.js';
import { peopleRoutes } from './people.js';
import { queryRoutes } from './queries.js';
import { rosterRoutes } from './roster.js';
import { worldRoutes } from './world.js';

/** Everything that can be asked of the sandbox. */
export const routes = {
  ...worldRoutes,
  ...botRoutes,
  ...peopleRoutes,
  ...rosterRoutes,
  ...messageRoutes,
  ...queryRoutes,
  ...chatRoutes,
  ...faultRoutes,
};
