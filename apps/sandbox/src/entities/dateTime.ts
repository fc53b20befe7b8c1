/**
 * Brings the format of a date_time entity into its one form: `r` for relative, else week day, date and time in this
 * order (Bot API: date-time entity formatting); empty for none. Undefined for a format with unknown letters.
 */
export function tidyDateTimeFormat(format: string): string | undefined {
  if (format.toLowerCase() === 'r') return 'r';
  if (!/^[tTdDwW]*$/.test(format)) return undefined;
  const first = (...letters: string[]) => letters.find((letter) => format.includes(letter)) ?? '';
  const weekDay = /w/i.test(format) ? 'w' : '';
  return `${weekDay}${first('d', 'D')}${first('t', 'T')}`;
}
