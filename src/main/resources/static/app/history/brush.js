import { beginOf, edgeAt, instant, written } from './timeline.js';

const SOON = 250;

/**
 * The part of the time in view that is being chosen. While a pointer drags or keys are pressed it is only drawn; then it
 * goes to the address, and the search with it. It always spans whole intervals.
 */
export class Brush {
  #board;
  #redraw;
  #anchor = null;
  /** Not yet in the address: `{start, end}`. */
  #pending = null;
  #timer = 0;

  constructor(board, redraw) {
    this.#board = board;
    this.#redraw = redraw;
  }

  /** What is chosen, or null. */
  range(timeline) {
    if (this.#pending) return this.#pending;
    const { since, until } = this.#board.address;
    if (!since && !until) return null;
    return { start: since ? instant(since) : timeline.start, end: until ? instant(until) : timeline.end };
  }

  press(time) {
    this.#anchor = time;
  }

  drag(time, timeline) {
    if (this.#anchor === null) return;
    const [from, to] = [this.#anchor, time].toSorted((a, b) => a - b);
    const first = edgeAt(timeline, from);
    const last = edgeAt(timeline, to);
    // Less than half an interval is a click, not a choice.
    if (!this.#pending && first === last) return;
    this.#pend(timeline, Math.min(first, timeline.buckets.length - 1), Math.max(last, first + 1));
  }

  release() {
    this.#anchor = null;
    this.#commit();
  }

  cancel() {
    this.#anchor = null;
    this.#pending = null;
    this.#redraw();
  }

  choose(timeline, from, to) {
    this.#pend(timeline, from, to);
    this.#commit();
  }

  /** After a pause, for keys that are pressed one after the other. */
  chooseSoon(timeline, from, to) {
    this.#pend(timeline, from, to);
    this.#timer = setTimeout(() => this.#commit(), SOON);
  }

  #pend(timeline, from, to) {
    clearTimeout(this.#timer);
    const bound = (edge, free) => (free ? null : written(beginOf(timeline, edge)));
    this.#pending = {
      start: beginOf(timeline, from), end: beginOf(timeline, to),
      // Where the view ends, the choice is open: it means whatever the view means.
      since: bound(from, from === 0), until: bound(to, to === timeline.buckets.length),
    };
    this.#redraw();
  }

  #commit() {
    clearTimeout(this.#timer);
    if (!this.#pending) return;
    const { since, until } = this.#pending;
    this.#pending = null;
    this.#board.address.set({ since, until });
    this.#redraw();
  }
}
