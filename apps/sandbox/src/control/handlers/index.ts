import { z } from 'zod';
import type { Runtime } from '../../runtime.js';
import { botRoutes } from '../protocol/bots.js';
import { chatRoutes } from '../protocol/chats.js';
import { faultRoutes } from '../protocol/faults.js';
import { messageRoutes } from '../protocol/messages.js';
import { peopleRoutes } from '../protocol/people.js';
import { queryRoutes } from '../protocol/queries.js';
import { rosterRoutes } from '../protocol/roster.js';
import type { Route } from '../protocol/route.js';
import { worldRoutes } from '../protocol/world.js';
import type { Handlers, Table } from './handler.js';
import { botHandlers } from './bots.js';
import { chatHandlers } from './chats.js';
import { faultHandlers } from './faults.js';
import { messageHandlers } from './messages.js';
import { peopleHandlers } from './people.js';
import { queryHandlers } from './queries.js';
import { rosterHandlers } from './roster.js';
import { worldHandlers } from './world.js';

/** A route with what carries it out. */
export interface Endpoint {
  readonly method: Route['method'];
  readonly path: string;
  /** Checks the input (throws ZodError) and carries the route out. */
  readonly run: (runtime: Runtime, input: unknown) => unknown;
}

/** All of the control API. */
export const endpoints: readonly Endpoint[] = [
  ...serve(worldRoutes, worldHandlers),
  ...serve(botRoutes, botHandlers),
  ...serve(peopleRoutes, peopleHandlers),
  ...serve(rosterRoutes, rosterHandlers),
  ...serve(messageRoutes, messageHandlers),
  ...serve(queryRoutes, queryHandlers),
  ...serve(chatRoutes, chatHandlers),
  ...serve(faultRoutes, faultHandlers),
];

function serve<T extends Table<T>>(routes: T, handlers: Handlers<T>): Endpoint[] {
  return keysOf(routes).map((name) =>
    endpoint<T[typeof name]['input'], T[typeof name]['output']>(routes[name], handlers[name]),
  );
}

function keysOf<T extends object>(table: T): (keyof T)[];
function keysOf(table: object): string[] {
  return Object.keys(table);
}

function endpoint<I extends z.ZodType, O extends z.ZodType>(
  { method, path, input: schema }: Route<I, O>,
  handle: (runtime: Runtime, input: z.output<I>) => unknown,
): Endpoint {
  return { method, path, run: (runtime, input) => handle(runtime, z.parse(schema, input)) };
}
