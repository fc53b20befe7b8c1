import { z } from 'zod';
import type { Route } from '../protocol/route.js';

/** The sandbox refused: what was asked for makes no sense there, or a person cannot do it. */
export class ControlRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const Refusal = z.object({ error: z.string() });

/** Asks the control API over HTTP. */
export class ControlHttp {
  constructor(private readonly root: string) {}

  /** Throws ControlRefusal with the sandbox's own words. */
  async ask<I extends z.ZodType, O extends z.ZodType>(route: Route<I, O>, input: z.input<I>): Promise<z.output<O>> {
    const { path, rest } = fillPath(route.path, membersOf(input));
    const url = new URL(`${this.root}/control${path}`.replace(/\/$/, ''));
    const isGet = route.method === 'GET';
    if (isGet) for (const [name, value] of Object.entries(rest)) url.searchParams.set(name, String(value));
    const response = await fetch(url, {
      method: route.method,
      ...(isGet ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(rest) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new ControlRefusal(response.status, Refusal.parse(answer).error);
    return z.parse(route.output, answer);
  }
}

function membersOf(input: unknown): [string, unknown][] {
  return typeof input === 'object' && input !== null ? Object.entries(input) : [];
}

/** Puts members of the input in the place of `:name` in the path; what is not in the path goes elsewhere. */
function fillPath(path: string, members: [string, unknown][]): { path: string; rest: Record<string, unknown> } {
  const given = new Map(members.filter(([, value]) => value !== undefined));
  const inPath = new Set<string>();
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    inPath.add(name);
    return encodeURIComponent(String(given.get(name)));
  });
  return { path: filled, rest: Object.fromEntries([...given].filter(([name]) => !inPath.has(name))) };
}
