/** One silent frame of an MP3: 128 kbit/s, 44.1 kHz. */
export function silentMp3(): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)]);
}

/** An Ogg file of Opus without any sound in it: the two header pages. */
export function emptyOpus(): Buffer {
  const head = Buffer.concat([Buffer.from('OpusHead'), Buffer.from([1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0])]);
  const tags = Buffer.concat([
    Buffer.from('OpusTags'),
    Buffer.from([4, 0, 0, 0]),
    Buffer.from('none'),
    Buffer.alloc(4),
  ]);
  return Buffer.concat([oggPage(head, { flags: 2, place: 0 }), oggPage(tags, { flags: 4, place: 1 })]);
}

function oggPage(packet: Buffer, { flags, place }: { flags: number; place: number }): Buffer {
  const header = Buffer.alloc(28);
  header.write('OggS', 'latin1');
  header[5] = flags;
  header.writeUInt32LE(1, 14);
  header.writeUInt32LE(place, 18);
  header[26] = 1;
  header[27] = packet.length;
  const page = Buffer.concat([header, packet]);
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
