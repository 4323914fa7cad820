const KEYS = ['endpoint', 'connection', 'direction', 'contains', 'message', 'event', 'tab'];

/**
 * What is chosen and filtered, owned by the address bar: a link shows a colleague the same thing. Says `change` with
 * the names of what changed. Choosing an endpoint or connection is a step one can go back from; the rest replaces.
 */
export class Address extends EventTarget {
  #values = {};

  constructor() {
    super();
    this.#values = this.#read();
    addEventListener('popstate', () => this.#become(this.#read()));
  }

  get endpoint() { return this.#values.endpoint; }
  get connection() { return this.#values.connection; }
  get direction() { return this.#values.direction; }
  get contains() { return this.#values.contains; }
  get message() { return this.#values.message; }
  get event() { return this.#values.event; }
  get tab() { return this.#values.tab ?? 'hex'; }

  /** What the server is asked to filter by. */
  get filter() {
    const { endpoint, connection, direction, contains } = this.#values;
    return { endpoint, connection, direction, contains };
  }

  get filtered() {
    return Object.values(this.filter).some(value => value !== null);
  }

  /** Sets the named values; an empty one is removed. */
  set(values) {
    const next = { ...this.#values };
    for (const [key, value] of Object.entries(values)) next[key] = value || null;
    if (KEYS.every(key => next[key] === this.#values[key])) return;
    const query = new URLSearchParams(KEYS.filter(key => next[key] !== null).map(key => [key, next[key]]));
    const url = query.size ? `?${query}` : location.pathname;
    const step = next.endpoint !== this.#values.endpoint || next.connection !== this.#values.connection;
    history[step ? 'pushState' : 'replaceState'](null, '', url);
    this.#become(next);
  }

  #read() {
    const query = new URLSearchParams(location.search);
    return Object.fromEntries(KEYS.map(key => [key, query.get(key) || null]));
  }

  #become(next) {
    const changed = new Set(KEYS.filter(key => next[key] !== this.#values[key]));
    this.#values = next;
    if (changed.size) this.dispatchEvent(new CustomEvent('change', { detail: changed }));
  }
}
