/**
 * The sandbox's time. Every rule of Telegram's that depends on time (24 h, 48 h, 15 s, flood windows, delays) reads
 * this clock, so that a test can move a day forward in one call.
 */
export interface Clock {
  /** Milliseconds since the epoch, as everybody in the sandbox sees them. */
  now(): number;
  /** Calls `run` once, when the clock has moved `delayMs` on; returns what cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

interface Timer {
  readonly due: number;
  readonly run: () => void;
  real?: NodeJS.Timeout;
}

/** Node's timers cannot wait longer than 24.8 days: they would ring at once. */
const longestWaitMs = 2 ** 31 - 1;

/** A clock that follows the machine's, `factor` times as fast, and can be moved forward by hand. */
export class SandboxClock implements Clock {
  private readonly startedAt = Date.now();
  private shift = 0;
  private readonly timers = new Set<Timer>();

  constructor(private readonly factor = 1) {}

  now(): number {
    return Math.floor(this.startedAt + (Date.now() - this.startedAt) * this.factor + this.shift);
  }

  after(delayMs: number, run: () => void): () => void {
    const timer: Timer = { due: this.now() + delayMs, run };
    this.timers.add(timer);
    this.arm(timer);
    return () => this.drop(timer);
  }

  /** Moves time forward by `ms` and runs, in order, all that fell due. */
  advance(ms: number): void {
    this.shift += ms;
    const due = [...this.timers].filter((timer) => timer.due <= this.now()).sort((a, b) => a.due - b.due);
    for (const timer of due) this.fire(timer);
    for (const timer of this.timers) this.arm(timer);
  }

  /** Cancels everything that waits, so that a process can end. */
  stop(): void {
    for (const timer of this.timers) this.drop(timer);
  }

  private arm(timer: Timer): void {
    clearTimeout(timer.real);
    const waitMs = Math.max(0, (timer.due - this.now()) / this.factor);
    const ring = (): void => (waitMs > longestWaitMs ? this.arm(timer) : this.fire(timer));
    timer.real = setTimeout(ring, Math.min(waitMs, longestWaitMs));
  }

  private fire(timer: Timer): void {
    if (!this.timers.has(timer)) return;
    this.drop(timer);
    timer.run();
  }

  private drop(timer: Timer): void {
    clearTimeout(timer.real);
    this.timers.delete(timer);
  }
}
