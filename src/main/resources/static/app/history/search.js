import { call, withQuery } from '../page/http.js';
import { Results } from './results.js';

const PAGE = 200;
/** How close to the oldest row found one may come before older ones are sought. */
const AHEAD = 100;
/** Rows kept at the most: whoever wants to see more than this narrows the filter. */
const MOST = 100_000;
/** The server searches for two seconds and then says how far it came; more than that is the network. */
const PATIENCE = 30_000;

/**
 * A search through history, newest first, as far back as somebody looks. Where the server's time runs out it goes on by
 * itself until a page is full. Says `rows` when they changed and `status` when anything else did. `phase` is
 * `searching`, `waiting` (for someone to look further back), `stopped` by the person, `done`, `full` or `failed`.
 *
 * The table reads it as it reads the live view.
 */
export class Search extends EventTarget {
  rows = new Results();
  label = 'Messages found, oldest first';
  endLabel = 'To the newest';
  following = true;
  phase = 'searching';
  trouble = null;
  /** Everything later than this was looked at; null while not known. */
  searchedTo = null;
  startedAt = new Date();

  #filter = {};
  #next = null;
  #asking = new AbortController();
  #wanted = PAGE;

  /** Rows of the search before stay in view, as such, until the first of this one are there. */
  get state() {
    return this.#fresh ? 'open' : 'stale';
  }

  #fresh = false;

  /** Whether the rows are of more than one day, or not of today. */
  get dated() {
    const { oldest, newest } = this.rows;
    const today = new Date().toDateString();
    return Boolean(oldest) && [oldest, newest].some(({ at }) => new Date(at).toDateString() !== today);
  }

  begin(filter) {
    this.#filter = filter;
    this.#next = null;
    this.#fresh = false;
    this.searchedTo = null;
    this.startedAt = new Date();
    this.#wanted = PAGE;
    this.#go();
  }

  stop() {
    if (this.phase !== 'searching') return;
    this.#asking.abort();
    this.#begun();
    this.#become('stopped');
  }

  /** Goes on where it stopped or failed. */
  resume() {
    if (this.phase === 'stopped' || this.phase === 'failed') this.#go();
  }

  follow(following) {
    if (this.following === following) return;
    this.following = following;
    this.dispatchEvent(new Event('status'));
  }

  /** The row with this number is the first in view. */
  seen(sequence) {
    if (this.phase !== 'waiting' || sequence - this.rows.first >= AHEAD) return;
    this.#wanted = this.rows.messages + PAGE;
    this.#go();
  }

  drawn() {}

  async #go() {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.trouble = null;
    this.#become('searching');
    try {
      while (!signal.aborted) {
        const page = await call('GET', withQuery('/api/messages', { ...this.#filter, limit: PAGE, before: this.#next, encoding: 'escaped' }), { signal, timeout: PATIENCE });
        if (signal.aborted) return;
        this.#take(page);
        if (this.#next === null) return this.#become('done');
        if (this.rows.messages >= MOST) return this.#become('full');
        if (this.rows.messages >= this.#wanted) return this.#become('waiting');
        this.dispatchEvent(new Event('status'));
      }
    } catch (problem) {
      if (signal.aborted) return;
      if (!problem.fields) throw problem;
      this.#begun();
      this.trouble = [problem.message, ...problem.fields.values()].filter((words, i, all) => all.indexOf(words) === i).join(' ');
      this.#become('failed');
    }
  }

  #take(page) {
    this.#begun();
    this.rows.addBefore(page);
    this.#next = page.next;
    this.searchedTo = page.searchedTo ?? this.rows.oldest?.at ?? this.searchedTo;
    this.dispatchEvent(new Event('rows'));
  }

  #begun() {
    if (this.#fresh) return;
    this.#fresh = true;
    this.rows = new Results();
    this.following = true;
    this.dispatchEvent(new Event('rows'));
  }

  #become(phase) {
    this.phase = phase;
    this.dispatchEvent(new Event('status'));
  }
}
