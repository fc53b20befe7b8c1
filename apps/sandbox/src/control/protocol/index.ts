import { peopleRoutes } from './people.js';
import { worldRoutes } from './world.js';

/** Everything that can be asked of the sandbox. */
export const routes = { ...worldRoutes, ...peopleRoutes };
export type Routes = typeof routes;
