import { GAP } from './rows.js';

/**
 * Which rows are chosen, by their ids, and from which one a range begins. The one that the inspector shows is in the
 * address, and is as a rule among them. Says `change`.
 */
export class Chosen extends EventTarget {
  #ids = new Set();
  #anchor = null;

  get size() {
    return this.#ids.size;
  }

  /** In the order of capture, in which ids sort. */
  get ids() {
    return [...this.#ids].sort();
  }

  has(id) {
    return this.#ids.has(id);
  }

  only(id) {
    this.#become(id === null ? [] : [id], id);
  }

  /** Takes one in or leaves it out; returns whether it is in. */
  toggle(id) {
    const ids = new Set(this.#ids);
    const out = ids.delete(id);
    if (!out) ids.add(id);
    this.#become(ids, id);
    return !out;
  }

  /** All rows from where the range begins to this sequence number. */
  extend(rows, sequence) {
    const from = this.#anchor === null ? -1 : rows.find(this.#anchor);
    const anchor = from < 0 ? sequence : from;
    const [first, last] = anchor < sequence ? [anchor, sequence] : [sequence, anchor];
    this.#become(idsOf(rows, first, last + 1), rows.at(anchor).id);
  }

  all(rows) {
    this.#become(idsOf(rows, rows.first, rows.end), this.#anchor);
  }

  #become(ids, anchor) {
    this.#ids = new Set(ids);
    this.#anchor = anchor;
    this.dispatchEvent(new Event('change'));
  }
}

function* idsOf(rows, from, to) {
  for (let sequence = from; sequence < to; sequence++) if (rows.kindAt(sequence) !== GAP) yield rows.at(sequence).id;
}
