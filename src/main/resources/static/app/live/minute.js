export const SECONDS = 60;

/**
 * How much crossed all endpoints in each of the last sixty seconds, from counters that only grow, and how much of it the
 * table did not show. Times are those of `performance.now()`. What passed while nothing was heard belongs to no second:
 * those seconds are not known.
 */
export class Minute {
  #slots = new Map();
  #counters = null;
  /** From when on it is known, and when that was last confirmed; null while it is not. */
  #since = null;

  /** Whether what passes now is known. */
  get live() {
    return this.#since !== null;
  }

  /** From now on there is news; these are the counters to begin with. */
  begin(now, counters) {
    this.#counters = counters;
    this.#since = now;
  }

  /** From now on nothing is heard. */
  end(now) {
    if (this.live) this.#know(now);
    this.#slots.delete(Math.floor(now / 1000));
    this.#since = null;
  }

  /** The first news after a time in which nothing was heard holds all that passed meanwhile. */
  take(now, counters, skipped) {
    if (!this.live) return this.begin(now, counters);
    this.#know(now);
    const second = Math.floor(now / 1000);
    if (this.#since <= second * 1000) {
      const slot = this.#slot(second);
      slot.in += Math.max(0, counters.framesIn - this.#counters.framesIn);
      slot.out += Math.max(0, counters.framesOut - this.#counters.framesOut);
      slot.skipped += skipped;
    }
    this.#counters = counters;
  }

  /** The last sixty whole seconds, oldest first: `{in, out, skipped}`, or null where it is not known. */
  seconds(now) {
    if (this.live) this.#know(now);
    const end = Math.floor(now / 1000);
    for (const second of this.#slots.keys()) if (second < end - SECONDS) this.#slots.delete(second);
    return Array.from({ length: SECONDS }, (_, i) => this.#slots.get(end - SECONDS + i) ?? null);
  }

  /** Silence is news as well: the server sends as soon as there is something to say. Of a second heard in part, nothing is said. */
  #know(now) {
    const end = Math.floor(now / 1000);
    for (let second = Math.max(Math.ceil(this.#since / 1000), end - SECONDS); second < end; second++) this.#slot(second);
    this.#since = Math.max(this.#since, end * 1000);
  }

  #slot(second) {
    let slot = this.#slots.get(second);
    if (!slot) this.#slots.set(second, slot = { in: 0, out: 0, skipped: 0 });
    return slot;
  }
}
