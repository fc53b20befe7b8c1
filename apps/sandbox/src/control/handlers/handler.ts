import type { Route } from '../protocol/route.js';
import type { z } from 'zod';
import type { Runtime } from '../../runtime.js';

/** Carries out one route. The input is checked; a ControlError is told to the caller in its own words. */
export type Handler<R extends Route> = (
  runtime: Runtime,
  input: z.output<R['input']>,
) => z.input<R['output']> | Promise<z.input<R['output']>>;

/** Any set of routes by name. */
export type Table<T> = { readonly [K in keyof T]: Route };

/** Handlers for a table of routes, one each. */
export type Handlers<T extends Table<T>> = { [K in keyof T]: Handler<T[K]> };
