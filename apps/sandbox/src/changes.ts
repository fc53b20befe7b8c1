/** Tells everybody who waits that something in the sandbox is different now. */
export class Changes {
  private count = 0;
  private readonly listeners = new Set<() => void>();

  /** Grows by at least one with every change. */
  get revision(): number {
    return this.count;
  }

  /** To be called after each change of the world, the queues, the journal or the settings. */
  mark(): void {
    this.count += 1;
    for (const listener of [...this.listeners]) listener();
  }

  /** Calls `listener` at every change until the returned function is called. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves at the first change after `revision`: at once when it already happened. */
  after(revision: number, signal?: AbortSignal): Promise<number> {
    if (this.count > revision || signal?.aborted === true) return Promise.resolve(this.count);
    return new Promise((resolve) => {
      const done = (): void => {
        stop();
        signal?.removeEventListener('abort', done);
        resolve(this.count);
      };
      const stop = this.listen(done);
      signal?.addEventListener('abort', done, { once: true });
    });
  }
}
