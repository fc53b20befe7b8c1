import { Duplex } from 'node:stream';
import type { DatabaseThread } from './thread.js';

/**
 * Looks like the TCP socket that `pg` expects and carries the bytes to the embedded database's thread, so that the same
 * driver, pool and Prisma adapter serve both stores.
 */
export class EmbeddedSocket extends Duplex {
  constructor(private readonly thread: DatabaseThread) {
    super();
  }

  connect(): this {
    this.thread.ask({ kind: 'reset' }).then(
      () => this.emit('connect'),
      (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
    );
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    // Bytes are pushed when the thread answers.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    void this.carry(chunk, done);
  }

  override _writev(
    chunks: readonly { chunk: Buffer; encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    void this.carry(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.push(null);
    done();
  }

  private async carry(bytes: Buffer, done: (error?: Error | null) => void): Promise<void> {
    try {
      const answer = await this.thread.ask({ kind: 'bytes', bytes: new Uint8Array(bytes) });
      if (answer instanceof Uint8Array && answer.length > 0 && !this.readableEnded) this.push(Buffer.from(answer));
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
