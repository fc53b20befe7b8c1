const COLOURS = 7;

/** The first letters of a name, in a colour that always goes with the account. */
export function Avatar({ id, name }: { readonly id: number; readonly name: string }) {
  return (
    <span class={`avatar colour-${Math.abs(id) % COLOURS}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '');
  return [letters[0] ?? '?', letters.length > 1 ? (letters.at(-1) ?? '') : ''].join('').toUpperCase();
}

/** The colour class of the name above somebody's messages. */
export function nameColour(id: number): string {
  return `name colour-${Math.abs(id) % COLOURS}`;
}
