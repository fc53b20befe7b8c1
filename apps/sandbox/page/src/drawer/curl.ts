import type { Call } from '../../../src/control/client.js';

/** Puts a text between single quotes for a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A call as a command that repeats it against this sandbox. Files are named only: their bytes are not kept. */
export function curlOf(
  { method, params, files }: Pick<Call, 'method' | 'params' | 'files'>,
  root: string,
  token: string,
): string {
  const url = `${root}/bot${token}/${method}`;
  const fields = Object.entries(params).map(([name, value]) => `--form-string ${quoted(`${name}=${value}`)}`);
  const uploads = files.map((name) => `--form ${quoted(`${name}=@${name}`)}`);
  return ['curl', quoted(url), ...fields, ...uploads].join(' \\\n  ');
}
