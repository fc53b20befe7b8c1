/** Words as they are compared: without case, accents and the marks of one alphabet that another one lacks. */

/** Letters that no decomposition takes apart, and what people type for them. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  ı: 'i',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
};
const special = new RegExp(`[${Object.keys(plain).join('')}]`, 'gu');

/** `Ödeme İADESİ` is `odeme iadesi`, `Straße` is `strasse`. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(special, (letter) => plain[letter] ?? letter);
}

/** Longer words are cut: nobody types them to the end. */
const longest = 32;
const word = /[\p{L}\p{N}]+(?:['’\-.][\p{L}\p{N}]+)*/gu;
const part = /[\p{L}\p{N}]+/gu;
/** Scripts that put no space between words: each letter counts as one. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;

/** The words of a text, in order. */
export function wordsIn(text: string): string[] {
  return Array.from(fold(text).matchAll(part)).flatMap(([found]) =>
    unspaced.test(found) ? Array.from(found) : [found.slice(0, longest)],
  );
}

/** The words to find a text by: also `email` for `e-mail`. */
export function termsIn(text: string): Set<string> {
  const terms = new Set(wordsIn(text));
  for (const [found] of fold(text).matchAll(word)) {
    const joined = found.replace(/[^\p{L}\p{N}]/gu, '');
    if (joined !== found && !unspaced.test(joined)) terms.add(joined.slice(0, longest));
  }
  return terms;
}
