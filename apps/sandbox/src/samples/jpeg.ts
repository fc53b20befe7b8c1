/** A grey JPEG of any size: the smallest file that every viewer opens. */
export function greyJpeg(width: number, height: number): Buffer {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  return Buffer.concat([
    marker(0xd8),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)])),
    segment(0xc0, frame(width, height)),
    segment(0xc4, oneCode(0x00)),
    segment(0xc4, oneCode(0x10)),
    segment(0xda, Buffer.from([1, 1, 0x00, 0, 63, 0])),
    greyBlocks(blocks),
    marker(0xd9),
  ]);
}

function marker(code: number): Buffer {
  return Buffer.from([0xff, code]);
}

function segment(code: number, body: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length + 2);
  return Buffer.concat([marker(code), length, body]);
}

/** One component, 8 bits, not subsampled. */
function frame(width: number, height: number): Buffer {
  const body = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  body.writeUInt16BE(height, 1);
  body.writeUInt16BE(width, 3);
  return body;
}

/** A Huffman table whose only code, the single bit 0, means 0: no change of brightness, or end of block. */
function oneCode(table: number): Buffer {
  return Buffer.from([table, 1, ...new Array<number>(15).fill(0), 0]);
}

/** Two 0 bits for each block; the last byte is filled up with ones. */
function greyBlocks(count: number): Buffer {
  const bits = count * 2;
  const data = Buffer.alloc(Math.ceil(bits / 8));
  const spare = data.length * 8 - bits;
  if (spare > 0) data[data.length - 1] = (1 << spare) - 1;
  return data;
}
