/** True for a `host[:port]` that names this machine. Others are foreign pages that a browser was led to. */
export function isLocal(host: string | undefined): boolean {
  const name = host?.replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || name === '127.0.0.1' || name === '[::1]';
}
