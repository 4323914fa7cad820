import { GAP, Rows } from './rows.js';
import { Rates } from './rates.js';
import { recentPast, PREVIEW } from './past.js';
import { toBytes, toEscaped } from '../framing/bytes.js';

const EMPTY = { framesIn: 0, framesOut: 0, bytesIn: 0, bytesOut: 0, connectionsOpen: 0, errors: 0, captureGap: 0 };

/**
 * What the live table shows: the feed's rows under the filter of the address, after the recent past. Owns the rows and
 * whether they are paused or followed. Says `rows` when they changed, `status` when anything else did, and `lifecycle`
 * with the events as they come, whatever the filter.
 */
export class LiveView extends EventTarget {
  rows = new Rows();
  label = 'Messages and life-cycle events';
  endLabel = 'Follow the newest';
  counters = EMPTY;
  /** When the person paused, or null: from then on nothing is known, not even a rate. */
  pausedAt = null;
  following = true;
  /** When the person cleared the table, or null. */
  clearedAt = null;
  /** Whether the recent past has been asked for and not yet answered. */
  filling = true;

  #feed;
  #address;
  #rates = new Rates();
  #shown = 0;
  #matching = 0;
  /** Batches that wait for the end of a pause, or for the past that goes before them. */
  #held = [];
  #unacknowledged = [];
  #latest = '';
  #fills = 0;

  constructor(feed, address) {
    super();
    this.#feed = feed;
    this.#address = address;
    feed.addEventListener('hello', ({ detail }) => this.#greet(detail));
    feed.addEventListener('batch', ({ detail }) => this.#take(detail));
    feed.addEventListener('state', () => this.#changed());
    address.addEventListener('change', ({ detail }) => {
      if (['endpoint', 'connection', 'direction', 'contains'].some(key => detail.has(key))) this.#refilter();
    });
  }

  get paused() {
    return this.pausedAt !== null;
  }

  get state() {
    return this.#feed.state;
  }

  /** Whether rows are of a day before today: of those, the time alone would mislead. */
  get dated() {
    const { rows } = this;
    let first = rows.first;
    while (first < rows.end && rows.kindAt(first) === GAP) first++;
    return first < rows.end && new Date(rows.at(first).at).toDateString() !== new Date().toDateString();
  }

  rates() {
    return this.#rates.at(performance.now());
  }

  follow(following) {
    if (this.following === following) return;
    this.following = following;
    this.#changed();
  }

  pause(paused) {
    if (this.paused === paused) return;
    this.pausedAt = paused ? new Date() : null;
    if (paused) {
      this.#feed.pause();
    } else {
      this.#rates.forget();
      this.#feed.resume();
      if (!this.filling) this.#held.splice(0).forEach(batch => this.#show(batch));
      this.dispatchEvent(new Event('rows'));
    }
    this.#changed();
  }

  clear() {
    this.rows.clear();
    this.clearedAt = new Date();
    this.dispatchEvent(new Event('rows'));
    this.#changed();
  }

  /** Brings back what history holds. */
  async fill() {
    const turn = ++this.#fills;
    const filter = this.#address.filter;
    this.filling = true;
    this.clearedAt = null;
    this.rows.clear();
    this.#latest = '';
    this.dispatchEvent(new Event('rows'));
    const past = await recentPast(filter, this.#feed.position).catch(() => null);
    if (turn !== this.#fills) return;
    this.filling = false;
    if (past) {
      this.rows.add(past);
      this.#latest = past.to;
    }
    if (!this.paused) this.#held.splice(0).forEach(batch => this.#show(batch));
    this.dispatchEvent(new Event('rows'));
    this.#changed();
  }

  /** Everything there is to see is here. */
  seen() {}

  /** The table has drawn all rows there are. Paused, the server waits for its acknowledgements. */
  drawn() {
    if (!this.paused) this.#unacknowledged.splice(0).forEach(batch => this.#feed.acknowledge(batch));
  }

  #greet({ restarted, counters }) {
    this.counters = counters;
    this.#rates.forget();
    this.#rates.take(performance.now(), counters, this.#shown, this.#matching);
    this.#unacknowledged = [];
    if (restarted || this.#fills === 0) this.fill();
    if (this.paused) this.#feed.pause();
    this.#changed();
  }

  #refilter() {
    this.#feed.sendFilter();
    this.#held = [];
    this.fill();
  }

  #take(batch) {
    this.counters = batch.counters;
    if (batch.lifecycle.length) this.dispatchEvent(new CustomEvent('lifecycle', { detail: batch.lifecycle }));
    this.#unacknowledged.push(batch);
    if (this.paused || this.filling) this.#held.push(batch);
    else this.#show(batch);
    this.dispatchEvent(new Event('rows'));
    this.#rates.take(performance.now(), batch.counters, this.#shown, this.#matching);
  }

  #show(batch) {
    const { message, event } = testsOf(this.#address.filter);
    this.rows.add(batch, { after: this.#latest, message, event });
    if (batch.to > this.#latest) this.#latest = batch.to;
    this.#shown += batch.messages?.id.length ?? 0;
    this.#matching += (batch.messages?.id.length ?? 0) + batch.skipped;
  }

  #changed() {
    this.dispatchEvent(new Event('status'));
  }
}

/**
 * The server filters, but batches may be on their way when the filter changes. Of a payload that goes on after its
 * preview nothing can be said here; it is let in.
 */
function testsOf({ endpoint, connection, direction, contains }) {
  const wanted = contains === null ? '' : toEscaped(toBytes(contains, 'text'));
  return {
    message: (columns, i) => (!endpoint || columns.endpoint[i] === endpoint)
      && (!connection || columns.connection[i] === connection)
      && (!direction || columns.direction[i] === direction)
      && (!wanted || columns.bytes[i] > PREVIEW || columns.preview[i].includes(wanted)),
    // Of the events, those of the chosen endpoint or connection, whatever else is filtered by.
    event: event => (!endpoint || event.endpoint === endpoint)
      && (!connection || event.connection === connection || event.connection === null),
  };
}
