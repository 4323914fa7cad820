import { Address } from '../page/address.js';
import { Board } from '../page/board.js';
import { emptiness } from './empty.js';
import { Search } from './search.js';
import { Traffic } from './traffic.js';

const TIMES = ['since', 'until', 'from', 'to'];
const FILTERS = ['endpoint', 'connection', 'direction', 'origin', 'contains', 'containsHex'];

/**
 * What the history page is about: a search, and what there is to search. The address holds the filter, the time in view
 * (`from`, `to`) and the part of it that is chosen (`since`, `until`).
 */
export class HistoryBoard extends Board {
  page = 'history';
  view = new Search();
  traffic = new Traffic();

  #before = [];

  constructor() {
    super(new Address({ filters: [...FILTERS, 'since', 'until'], others: ['from', 'to', 'message', 'tab', 'view', 'show'], steps: ['endpoint', 'connection', 'from', 'to', 'view'] }));
    this.address.addEventListener('change', ({ detail }) => {
      if ([...FILTERS, 'from', 'to'].some(key => detail.has(key))) this.look();
      else if (TIMES.some(key => detail.has(key))) this.#choose();
    });
  }

  begin() {
    this.recording.poll();
    this.endpoints.begin();
    this.look();
  }

  /** The filter but for its times. */
  get what() {
    return Object.fromEntries(FILTERS.map(key => [key, this.address[key]]));
  }

  /** The time in view. */
  get span() {
    return { since: this.address.from, until: this.address.to };
  }

  /** The part of it that is chosen, or null for all. */
  get choice() {
    const { since, until } = this.address;
    return since || until ? { since, until } : null;
  }

  /** What is searched for: the filter with the times that hold. */
  get filter() {
    const { since, until, from, to } = this.address;
    return { ...this.what, since: since ?? from, until: until ?? to };
  }

  /** The filter that means exactly what was counted: later than that, more may have come. */
  get counted() {
    const { chosen } = this.traffic;
    return { ...this.filter, until: this.filter.until ?? chosen?.until ?? null };
  }

  look() {
    this.view.begin(this.filter);
    this.traffic.look(this.what, this.span, this.choice);
  }

  emptiness() {
    return emptiness(this);
  }

  focusTime() {
    this.timeFocus?.();
  }

  /** Another time in view, with nothing of it chosen. */
  goTo({ from, to }) {
    this.#before.push(this.#place());
    this.address.set({ from, to, since: null, until: null });
  }

  /** What is chosen becomes the time in view. */
  zoom() {
    if (this.choice) this.goTo({ from: this.filter.since, to: this.filter.until });
  }

  /** Back to the view before; to all there is, where it began with this one. */
  widen() {
    this.address.set(this.#before.pop() ?? { from: null, to: null });
  }

  #place() {
    const { from, to, since, until } = this.address;
    return { from, to, since, until };
  }

  #choose() {
    this.view.begin(this.filter);
    this.traffic.choose(this.what, this.choice, this.span);
  }
}
