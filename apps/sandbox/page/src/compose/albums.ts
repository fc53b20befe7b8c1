/** What a file is sent as. */
export type MediaKind = 'photo' | 'video' | 'animation' | 'audio' | 'voice' | 'document';

export function kindOf({ type, name }: { readonly type: string; readonly name: string }, asFile: boolean): MediaKind {
  if (asFile) return 'document';
  if (type === 'image/gif') return 'animation';
  if (['image/jpeg', 'image/png', 'image/webp'].includes(type)) return 'photo';
  if (type === 'video/mp4' || type === 'video/webm') return 'video';
  if (type === 'audio/ogg' || /\.(ogg|oga|opus)$/i.test(name)) return 'voice';
  return type.startsWith('audio/') ? 'audio' : 'document';
}

/** Which albums a kind may stand in (Bot API, sendMediaGroup): pictures and films together, else its own kind only. */
function albumOf(kind: MediaKind): string | undefined {
  if (kind === 'photo' || kind === 'video') return 'visual';
  return kind === 'document' || kind === 'audio' ? kind : undefined;
}

const MAX_ALBUM = 10;

/** Puts files together that can be sent as one album, in their order. */
export function albumsOf<T extends { readonly kind: MediaKind }>(items: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    const album = albumOf(item.kind);
    const fits = last?.[0] !== undefined && album !== undefined && albumOf(last[0].kind) === album;
    if (fits && last.length < MAX_ALBUM) last.push(item);
    else groups.push([item]);
  }
  return groups;
}
