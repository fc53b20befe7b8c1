import { isDeepStrictEqual } from 'node:util';

/** True when two pieces of plain data say the same; members that are absent and undefined count alike. */
export function equalData(left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(plain(left), plain(right));
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
