/**
 * What is chosen and filtered, owned by the address bar: a link shows a colleague the same thing. Says `change` with
 * the names of what changed. What is named in `steps` is a step one can go back from; the rest replaces.
 */
export class Address extends EventTarget {
  #values = {};
  #filters;
  #steps;
  #keys;

  /** `filters` is what the server is asked to filter by, `others` what else there is to choose. */
  constructor({ filters, others, steps }) {
    super();
    this.#filters = filters;
    this.#steps = steps;
    this.#keys = [...filters, ...others];
    this.#values = this.#read();
    addEventListener('popstate', () => this.#become(this.#read()));
  }

  get endpoint() { return this.#get('endpoint'); }
  get connection() { return this.#get('connection'); }
  get direction() { return this.#get('direction'); }
  get origin() { return this.#get('origin'); }
  get contains() { return this.#get('contains'); }
  get containsHex() { return this.#get('containsHex'); }
  /** The time asked for, and the time over which it is seen. */
  get since() { return this.#get('since'); }
  get until() { return this.#get('until'); }
  get from() { return this.#get('from'); }
  get to() { return this.#get('to'); }
  get message() { return this.#get('message'); }
  get event() { return this.#get('event'); }
  /** `table` or `conversation`, and how the latter shows bytes: `text`, `hex` or `both`. */
  get view() { return this.#get('view') ?? 'table'; }
  get show() { return this.#get('show') ?? 'text'; }
  get tab() { return this.#get('tab') ?? 'hex'; }

  /** What the server is asked to filter by. */
  get filter() {
    return Object.fromEntries(this.#filters.map(key => [key, this.#get(key)]));
  }

  get filtered() {
    return this.#filters.some(key => this.#get(key) !== null);
  }

  /** Sets the named values; an empty one is removed. */
  set(values) {
    const next = { ...this.#values };
    for (const [key, value] of Object.entries(values)) if (this.#keys.includes(key)) next[key] = value || null;
    if (this.#keys.every(key => next[key] === this.#values[key])) return;
    const query = new URLSearchParams(this.#keys.filter(key => next[key] !== null).map(key => [key, next[key]]));
    const url = query.size ? `?${query}` : location.pathname;
    const step = this.#steps.some(key => next[key] !== this.#values[key]);
    history[step ? 'pushState' : 'replaceState'](null, '', url);
    this.#become(next);
  }

  #get(key) {
    return this.#values[key] ?? null;
  }

  #read() {
    const query = new URLSearchParams(location.search);
    return Object.fromEntries(this.#keys.map(key => [key, query.get(key) || null]));
  }

  #become(next) {
    const changed = new Set(this.#keys.filter(key => next[key] !== this.#values[key]));
    this.#values = next;
    if (changed.size) this.dispatchEvent(new CustomEvent('change', { detail: changed }));
  }
}
