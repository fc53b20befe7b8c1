import type { Composition } from '../../../src/control/client.js';
import { kindOf, type MediaKind } from './albums.js';

export type MediaComposition = Extract<Composition, { kind: MediaKind }>;

/** A file of this machine as something to send. */
export async function compositionOf(file: File, { asFile }: { readonly asFile: boolean }): Promise<MediaComposition> {
  const kind = kindOf(file, asFile);
  const measures = kind === 'photo' || kind === 'document' ? {} : await measure(file, kind);
  return {
    kind,
    file: {
      bytes: await base64Of(file),
      ...(file.name === '' ? {} : { fileName: file.name }),
      ...(file.type === '' ? {} : { mimeType: file.type }),
      ...measures,
    },
  };
}

/** Bytes that become one argument list; more at once would be too many arguments. */
const SLICE = 0x8000;

async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const slices = Array.from({ length: Math.ceil(bytes.length / SLICE) }, (_, n) =>
    String.fromCharCode(...bytes.subarray(n * SLICE, (n + 1) * SLICE)),
  );
  return btoa(slices.join(''));
}

interface Measures {
  readonly duration?: number;
  readonly width?: number;
  readonly height?: number;
}

/** Duration and size of a film or a sound; nothing for what the browser cannot play. */
async function measure(file: File, kind: MediaKind): Promise<Measures> {
  const element = document.createElement(kind === 'audio' || kind === 'voice' ? 'audio' : 'video');
  const url = URL.createObjectURL(file);
  try {
    await new Promise((resolve, reject) => {
      element.onloadedmetadata = resolve;
      element.onerror = reject;
      element.preload = 'metadata';
      element.src = url;
    });
    const duration = Number.isFinite(element.duration) ? { duration: Math.round(element.duration) } : {};
    return element instanceof HTMLVideoElement
      ? { ...duration, width: element.videoWidth, height: element.videoHeight }
      : duration;
  } catch {
    return {};
  } finally {
    URL.revokeObjectURL(url);
  }
}
