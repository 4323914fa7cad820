const WINDOW = 1000;
const KEPT = 3000;

/** Rates a second from counters that only grow, over about the last second. Times are those of `performance.now()`. */
export class Rates {
  #samples = [];

  take(now, counters, shown, matching) {
    this.#samples.push({ now, frames: counters.framesIn + counters.framesOut, bytesIn: counters.bytesIn, bytesOut: counters.bytesOut, shown, matching });
    while (this.#samples.length > 2 && this.#samples[1].now < now - KEPT) this.#samples.shift();
  }

  forget() {
    this.#samples = [];
  }

  /** Without news for a while nothing has moved: the server sends as soon as there is something to say. */
  at(now) {
    const last = this.#samples.at(-1);
    const base = this.#samples.findLast(sample => sample.now <= now - WINDOW) ?? this.#samples[0];
    if (!last || base === last) return { frames: 0, bytesIn: 0, bytesOut: 0, shown: 0, matching: 0 };
    const seconds = Math.max(now - base.now, WINDOW) / 1000;
    const rate = name => Math.max(0, last[name] - base[name]) / seconds;
    return { frames: rate('frames'), bytesIn: rate('bytesIn'), bytesOut: rate('bytesOut'), shown: rate('shown'), matching: rate('matching') };
  }
}
