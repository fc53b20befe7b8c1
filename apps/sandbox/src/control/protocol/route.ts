import { z } from 'zod';

/** One thing that can be asked of the sandbox over HTTP. Path parameters are members of the input. */
export interface Route<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly method: 'GET' | 'POST';
  /** Below `/control`; `:name` takes the input's member of that name. */
  readonly path: string;
  readonly input: I;
  readonly output: O;
}

export function get<I extends z.ZodType, O extends z.ZodType>(path: string, input: I, output: O): Route<I, O> {
  return { method: 'GET', path, input, output };
}

export function post<I extends z.ZodType, O extends z.ZodType>(path: string, input: I, output: O): Route<I, O> {
  return { method: 'POST', path, input, output };
}

export type InputOf<R extends Route> = z.input<R['input']>;
export type OutputOf<R extends Route> = z.output<R['output']>;

/** For what has nothing to answer. */
export const nothing = z.object({});
