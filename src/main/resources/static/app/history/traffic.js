import { call, withQuery } from '../page/http.js';
import { justAfter, timelineOf, withRest } from './timeline.js';

const BUCKETS = 120;
const PATIENCE = 30_000;
const NONE = { framesIn: 0, bytesIn: 0, framesOut: 0, bytesOut: 0, captureGap: 0, since: null, until: null, complete: true, searchedTo: null };

/**
 * What the filter's messages add up to: over the time that is in view, part by part, and for the time that is chosen.
 * Where the server's time runs out, counting goes on by itself. Says `change`.
 */
export class Traffic extends EventTarget {
  /** Parts of the time in view; null while there is nothing in it. */
  timeline = null;
  /** Sums of the time in view, and of the time chosen. */
  all = null;
  chosen = null;
  /** Whether what is shown is of an earlier question. */
  stale = true;
  trouble = null;

  #viewing = new AbortController();
  #choosing = new AbortController();

  /** `filter` without times, `view` and `choice` with `since` and `until`, each of which may be null. */
  async look(filter, view, choice) {
    this.#viewing.abort();
    this.#choosing.abort();
    this.#viewing = new AbortController();
    const { signal } = this.#viewing;
    this.stale = true;
    this.chosen = null;
    this.dispatchEvent(new Event('change'));
    const choosing = choice ? this.choose(filter, choice, view) : null;
    await this.#count(filter, view, BUCKETS, signal, (sums, timeline) => {
      Object.assign(this, { all: sums, timeline, stale: false, trouble: null });
      if (!choice) this.chosen = sums;
    });
    await choosing;
  }

  /** Counts another choice within the same view; null for all of it. */
  async choose(filter, choice, view) {
    this.#choosing.abort();
    this.#choosing = new AbortController();
    const { signal } = this.#choosing;
    this.chosen = choice ? null : this.all;
    this.dispatchEvent(new Event('change'));
    if (!choice) return;
    await this.#count(filter, { since: choice.since ?? view.since, until: choice.until ?? view.until }, 1, signal, sums => { this.chosen = sums; });
  }

  stop() {
    this.#viewing.abort();
    this.#choosing.abort();
    this.stale = false;
    this.dispatchEvent(new Event('change'));
  }

  async #count(filter, { since, until }, buckets, signal, show) {
    let sums = NONE;
    let timeline = null;
    try {
      for (let end = until ?? null, first = true; ; first = false) {
        const more = await call('GET', withQuery('/api/messages/summary', { ...filter, since, until: end, buckets }), { signal, timeout: PATIENCE });
        if (signal.aborted) return;
        // What came later than the first answer spans is not counted, so it is not to be exported or deleted either.
        sums = first ? more : { ...plus(sums, more), since: sums.since, until: sums.until, complete: more.complete, searchedTo: more.searchedTo };
        timeline = first ? timelineOf(more) : timeline && withRest(timeline, timelineOf(more));
        show(sums, timeline);
        this.dispatchEvent(new Event('change'));
        if (more.complete || (end !== null && justAfter(more.searchedTo) >= end)) return;
        end = justAfter(more.searchedTo);
        since ??= more.since;
      }
    } catch (problem) {
      if (signal.aborted) return;
      if (!problem.fields) throw problem;
      this.stale = false;
      this.trouble = problem.message;
      this.dispatchEvent(new Event('change'));
    }
  }
}

function plus(sums, more) {
  const total = {};
  for (const name of ['framesIn', 'bytesIn', 'framesOut', 'bytesOut', 'captureGap']) total[name] = sums[name] + more[name];
  return total;
}
