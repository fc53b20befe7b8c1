/** Every message that is said carries its number and the number of its wording, so that both are found wherever it is shown. */
export interface Wording {
  readonly token: number;
  /** Counts from 1; an edit adds one. */
  readonly version: number;
}

export function mark({ token, version }: Wording): string {
  return `s${token}v${version}`;
}

/** The wordings in a text, in order, each once. */
export function wordingsIn(text: string): Wording[] {
  const found = new Map<string, Wording>();
  for (const [whole, token, version] of text.matchAll(/\bs(\d+)v(\d+)\b/g)) {
    found.set(whole, { token: Number(token), version: Number(version) });
  }
  return [...found.values()];
}
