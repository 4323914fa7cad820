import { call } from '../page/http.js';

const POLL = 3000;
const DISMISSED = 'switchboard.last-run';

/**
 * How history is: how much is kept, and whether traffic is being recorded, as the server last told. Says `change`.
 * `outage` is null as a rule; while nothing can be recorded it has `since`, `reason` and `framesLost`.
 */
export class Recording extends EventTarget {
  status = null;
  outage = null;
  /** How the run before ended, until it was read. */
  lastRun = null;
  reachable = true;
  asOf = null;

  #loading = null;
  #timer = 0;

  /** Hears of outages from the live feed; for what else there is to say of one, the API is asked. */
  listen(feed) {
    feed.addEventListener('hello', ({ detail }) => this.#told(detail.outage, true));
    feed.addEventListener('batch', ({ detail }) => this.#told(detail.outage, false));
  }

  /** Asks every few seconds. */
  poll() {
    this.refresh();
    setInterval(() => { if (!document.hidden) this.refresh(); }, POLL);
  }

  refresh() {
    this.#loading ??= this.#load().finally(() => { this.#loading = null; });
    return this.#loading;
  }

  dismiss() {
    sessionStorage.setItem(DISMISSED, this.lastRun);
    this.lastRun = null;
    this.dispatchEvent(new Event('change'));
  }

  #told(reason, first) {
    if (reason === undefined) return;
    if (first || (reason ?? null) !== (this.outage?.reason ?? null)) this.refresh();
  }

  async #load() {
    try {
      this.status = await call('GET', '/api/history', { timeout: 5000 });
      this.outage = this.status.outage;
      this.lastRun = this.status.lastRun === sessionStorage.getItem(DISMISSED) ? null : this.status.lastRun;
      this.asOf = new Date();
      this.reachable = true;
    } catch (problem) {
      this.reachable = problem.status > 0;
    }
    // While nothing is recorded the feed may have nothing to say, not even that it is over.
    clearTimeout(this.#timer);
    if (this.outage) this.#timer = setTimeout(() => this.refresh(), POLL);
    this.dispatchEvent(new Event('change'));
  }
}
