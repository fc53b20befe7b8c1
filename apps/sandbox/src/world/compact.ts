/** `T` as it looks while it is put together: what may be absent may also be undefined. */
export type Loose<T> = { [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K] };

/** Drops the members that are undefined, so that an object can be written as one literal, in Telegram's key order. */
export function compact<T extends object>(value: Loose<T>): T;
export function compact(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
