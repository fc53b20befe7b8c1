import { MELODY, PACKET_MS } from './melody.js';

/** One silent frame of an MP3: 128 kbit/s, 44.1 kHz. */
export function silentMp3(): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)]);
}

/** Samples a second, in which Opus counts time whatever was recorded (RFC 7845). */
const RATE = 48_000;
/** Samples at the beginning that players leave out, because the decoder needs them to warm up. */
const PRE_SKIP = 312;

/** A voice message: an Ogg file of Opus, mono, with a melody of three seconds (RFC 7845). */
export function melodyOpus(): Buffer {
  const head = Buffer.from([...Buffer.from('OpusHead'), 1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]);
  head.writeUInt16LE(PRE_SKIP, 10);
  const tags = Buffer.concat([
    Buffer.from('OpusTags'),
    Buffer.from([4, 0, 0, 0]),
    Buffer.from('none'),
    Buffer.alloc(4),
  ]);
  const packets = MELODY.map((packet) => Buffer.from(packet, 'base64'));
  const samples = (packets.length * PACKET_MS * RATE) / 1000;
  return Buffer.concat([
    oggPage([head], { flags: 2, place: 0, samples: 0 }),
    oggPage([tags], { flags: 0, place: 1, samples: 0 }),
    oggPage(packets, { flags: 4, place: 2, samples }),
  ]);
}

interface PageHead {
  /** 2 for the first page of the stream, 4 for the last. */
  readonly flags: number;
  readonly place: number;
  /** Samples of the stream up to the end of this page. */
  readonly samples: number;
}

/** A page of up to 255 packets that are shorter than 255 bytes each (RFC 3533). */
function oggPage(packets: readonly Buffer[], { flags, place, samples }: PageHead): Buffer {
  const header = Buffer.alloc(27);
  header.write('OggS', 'latin1');
  header[5] = flags;
  header.writeBigUInt64LE(BigInt(samples), 6);
  header.writeUInt32LE(1, 14);
  header.writeUInt32LE(place, 18);
  header[26] = packets.length;
  const page = Buffer.concat([header, Buffer.from(packets.map(({ length }) => length)), ...packets]);
  page.writeUInt32LE(oggChecksum(page), 22);
  return page;
}

/** CRC-32 as Ogg counts it: polynomial 0x04c11db7, not reflected, beginning with 0. */
function oggChecksum(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}
