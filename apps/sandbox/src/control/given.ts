/** The members that were given. */
export function given<T extends object>(settings: T): { [K in keyof T]: Exclude<T[K], undefined> };
export function given(settings: object): object {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
