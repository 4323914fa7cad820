import { call, withQuery } from '../page/http.js';

const PAGE = 20;
const MOST = 500;

/** The closed connections of one endpoint, newest first, as far back as somebody asked. Says `change`. */
export class Closed extends EventTarget {
  items = [];
  /** Whether there are older ones. */
  more = false;

  #name;
  #wanted = PAGE;
  #ended = -1;
  #asking = null;

  constructor(name) {
    super();
    this.#name = name;
  }

  /** Asks again when the counters say that a connection has ended since. */
  follow({ connectionsTotal, connectionsOpen }) {
    const ended = connectionsTotal - connectionsOpen;
    if (ended === this.#ended) return;
    this.#ended = ended;
    this.#load();
  }

  older() {
    this.#wanted = Math.min(this.#wanted + PAGE, MOST);
    return this.#load();
  }

  #load() {
    this.#asking ??= this.#ask().finally(() => { this.#asking = null; });
    return this.#asking;
  }

  async #ask() {
    const { items, next } = await call('GET', withQuery('/api/connections', { endpoint: this.#name, state: 'closed', limit: this.#wanted }));
    this.items = items;
    this.more = next !== null && this.#wanted < MOST;
    this.dispatchEvent(new Event('change'));
  }
}
