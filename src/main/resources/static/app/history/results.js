import { clipEscaped } from '../framing/bytes.js';
import { GAP, MESSAGE } from '../live/rows.js';
import { PREVIEW } from '../live/past.js';

/** Sequence numbers count down from here as older pages come. */
const END = 2 ** 40;

/**
 * What a search found, in order of capture like the rows of the live table, and read in the same way. Pages come newest
 * first, so they are put before what is there; frames of a page that were not recorded are a row above it.
 */
export class Results {
  end = END;
  messages = 0;
  /** The names of those the messages belong to. */
  endpoints = new Set();

  #newestFirst = [];
  #sequences = new Map();

  get first() {
    return this.end - this.#newestFirst.length;
  }

  get size() {
    return this.#newestFirst.length;
  }

  /** The earliest message, or undefined. */
  get oldest() {
    return this.#newestFirst.findLast(({ kind }) => kind === MESSAGE);
  }

  get newest() {
    return this.#newestFirst.find(({ kind }) => kind === MESSAGE);
  }

  addBefore({ items, captureGap }) {
    for (const { id, at, endpoint, connection, direction, origin, bytes, payload } of items) {
      this.#add({ kind: MESSAGE, id, at, endpoint, connection, direction, origin, bytes, preview: clipEscaped(payload, PREVIEW), event: null, skipped: 0, missed: 0 });
      this.messages++;
      this.endpoints.add(endpoint);
    }
    if (captureGap) {
      this.#add({ kind: GAP, id: `missed-${this.size}`, at: null, endpoint: null, connection: null, direction: null, origin: null, bytes: 0, preview: null, event: null, skipped: 0, missed: captureGap });
    }
  }

  at(sequence) {
    return this.#newestFirst[this.end - 1 - sequence];
  }

  kindAt(sequence) {
    return this.at(sequence).kind;
  }

  find(id) {
    return this.#sequences.get(id) ?? -1;
  }

  #add(row) {
    const sequence = this.first - 1;
    this.#newestFirst.push({ ...row, sequence });
    if (row.kind === MESSAGE) this.#sequences.set(row.id, sequence);
  }
}
