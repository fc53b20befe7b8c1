/** A virtual clock: what is to happen, in the order of its time. Seconds. */
export interface Timeline {
  now(): number;
  after(seconds: number, run: () => void): void;
  /** Lets things happen until nothing is left, or until then. */
  run(untilSeconds?: number): void;
}

interface Event {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export function createTimeline(): Timeline {
  const heap: Event[] = [];
  let now = 0;
  let order = 0;
  return {
    now: () => now,
    after: (seconds, run) => {
      order += 1;
      push(heap, { at: now + Math.max(0, seconds), order, run });
    },
    run: (untilSeconds = Infinity) => {
      for (let next = heap[0]; next && next.at <= untilSeconds; next = heap[0]) {
        pop(heap);
        now = next.at;
        next.run();
      }
    },
  };
}

function isBefore(one: Event, other: Event): boolean {
  return one.at === other.at ? one.order < other.order : one.at < other.at;
}

function push(heap: Event[], event: Event): void {
  heap.push(event);
  let child = heap.length - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    const above = heap[parent];
    if (!above || !isBefore(event, above)) break;
    heap[child] = above;
    child = parent;
  }
  heap[child] = event;
}

function pop(heap: Event[]): void {
  const event = heap.pop();
  if (!event || heap.length === 0) return;
  let parent = 0;
  for (;;) {
    const left = 2 * parent + 1;
    const [one, other] = [heap[left], heap[left + 1]];
    const least = one && other && isBefore(other, one) ? left + 1 : left;
    const child = heap[least];
    if (!child || !isBefore(child, event)) break;
    heap[parent] = child;
    parent = least;
  }
  heap[parent] = event;
}
