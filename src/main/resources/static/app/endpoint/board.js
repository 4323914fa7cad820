import { Address } from '../page/address.js';
import { Board } from '../page/board.js';
import { Feed } from '../live/feed.js';
import { Closed } from './closed.js';
import { Life } from './life.js';
import { Pulse } from './pulse.js';
import { at, here } from '../page/root.js';

/** How often what the feed sent is acknowledged: this page needs the events, not the rows. */
const ACKNOWLEDGE = 500;

/** What the page of one endpoint is about: the endpoint whose name is the path, and what is heard of it. */
export class EndpointBoard extends Board {
  page = 'endpoint';
  name = nameIn(here());
  feed = new Feed(() => ({ endpoint: this.name }));
  life = new Life(this.name);
  closed = new Closed(this.name);
  pulse = new Pulse();

  #unacknowledged = null;

  constructor() {
    super(new EndpointAddress(nameIn(here())));
    this.recording.listen(this.feed);
    this.feed.addEventListener('hello', () => this.life.fill());
    this.feed.addEventListener('batch', ({ detail }) => this.#take(detail));
    this.feed.addEventListener('state', () => { if (this.feed.state === 'open') this.endpoints.refresh(); });
    this.endpoints.watched = this.name;
    this.endpoints.addEventListener('change', () => this.#looked());
    setInterval(() => this.#acknowledge(), ACKNOWLEDGE);
  }

  begin() {
    this.feed.open();
    this.endpoints.begin();
  }

  get endpoint() {
    return this.endpoints.find(this.name);
  }

  get connections() {
    return this.endpoints.connectionsOf(this.name);
  }

  /** Whether what is shown may not be so any more, since nothing is heard of it. */
  get stale() {
    return !this.endpoints.reachable || this.feed.state === 'lost';
  }

  /** When what is shown is so: now, or when it was last heard of. In milliseconds. */
  get asOf() {
    return this.stale && this.endpoints.asOf ? this.endpoints.asOf.getTime() : Date.now();
  }

  /** This page is about one endpoint: another one has a page of its own. */
  show(name) {
    if (name !== this.name) location.assign(at(`/e/${encodeURIComponent(name)}`));
  }

  #take(batch) {
    this.#unacknowledged = batch;
    const events = batch.lifecycle.filter(({ endpoint }) => endpoint === this.name);
    if (events.length === 0) return;
    this.life.take(events);
    this.endpoints.heard(events);
  }

  #acknowledge() {
    if (this.#unacknowledged) this.feed.acknowledge(this.#unacknowledged);
    this.#unacknowledged = null;
  }

  #looked() {
    if (!this.endpoints.reachable && this.feed.state === 'open') this.feed.reconnect();
    const { endpoint, connections } = this;
    if (!endpoint) return;
    const now = performance.now();
    this.pulse.take(endpoint.name, now, endpoint.counters);
    for (const connection of connections) this.pulse.take(connection.id, now, connection);
    this.pulse.keep(new Set([endpoint.name, ...connections.map(({ id }) => id)]));
    this.closed.follow(endpoint.counters);
    this.life.complete(endpoint, connections);
  }
}

class EndpointAddress extends Address {
  #endpoint;

  constructor(endpoint) {
    super({ filters: [], others: [], steps: [] });
    this.#endpoint = endpoint;
  }

  get endpoint() { return this.#endpoint; }
}

function nameIn(path) {
  try {
    return decodeURIComponent(path.split('/')[2] ?? '');
  } catch {
    return path.split('/')[2];
  }
}
