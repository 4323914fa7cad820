const KEPT = 60;
/** Counters looked at more often than this are not told apart: a rate over a moment means little. */
const LEAST = 900;

/** How much crossed each of several things a second, from one look at their counters to the next, as sparklines show it. */
export class Pulse {
  #series = new Map();

  /** Takes note of the counters of `key` at a time of `performance.now()`. */
  take(key, now, { bytesIn, bytesOut }) {
    const series = this.#series.get(key);
    if (!series) {
      this.#series.set(key, { now, bytesIn, bytesOut, in: [], out: [] });
      return;
    }
    const seconds = (now - series.now) / 1000;
    if (seconds * 1000 < LEAST) return;
    series.in.push(Math.max(0, bytesIn - series.bytesIn) / seconds);
    series.out.push(Math.max(0, bytesOut - series.bytesOut) / seconds);
    if (series.in.length > KEPT) for (const values of [series.in, series.out]) values.shift();
    Object.assign(series, { now, bytesIn, bytesOut });
  }

  /** Bytes a second, the newest last; empty until there were two looks. */
  of(key) {
    return this.#series.get(key) ?? { in: [], out: [] };
  }

  /** Forgets all but these. */
  keep(keys) {
    for (const key of this.#series.keys()) if (!keys.has(key)) this.#series.delete(key);
  }
}
