import { call, withQuery } from '../page/http.js';

const RECENT = 300;
/** Kept of the endpoint's own events, and of those of its connections. */
const MOST_OWN = 200;
const MOST_OTHERS = 1000;
const MOST_SOUGHT = 200;
/** The first calls of a run are made within this time after its start. */
const BEGINNING = 5000;
/** Connections whose beginning is asked for, if it is not among the recent events. */
const SOUGHT = 8;

/**
 * The life-cycle events of one endpoint and its connections in order: the newest that history holds, the beginnings of
 * what is still there, and what the live feed adds. Bounded. Says `change`.
 */
export class Life extends EventTarget {
  /** Whether history was asked. */
  loaded = false;

  #name;
  #own = [];
  #others = [];
  /** The beginnings that had to be asked for; newer events don't push these out. */
  #beginnings = [];
  #sought = new Set();

  constructor(name) {
    super();
    this.#name = name;
  }

  /** Oldest first. */
  get events() {
    return merged(this.#beginnings, merged(this.#own, this.#others));
  }

  take(events) {
    this.#own = merged(this.#own, events.filter(({ connection }) => connection === null)).slice(-MOST_OWN);
    this.#others = merged(this.#others, events.filter(({ connection }) => connection !== null)).slice(-MOST_OTHERS);
    this.dispatchEvent(new Event('change'));
  }

  async fill() {
    const events = await seek({ endpoint: this.#name, limit: RECENT });
    this.loaded = true;
    this.take(events);
  }

  /** Asks once for the beginnings that are not among the recent events. */
  complete({ startedAt }, connections) {
    if (!this.loaded) return;
    const { events } = this;
    if (startedAt && !events.some(({ connection, call: made, at }) => connection === null && made === 'socket' && at >= startedAt)) {
      const until = new Date(Date.parse(startedAt) + BEGINNING).toISOString();
      this.#once(startedAt, { endpoint: this.#name, since: startedAt, until, limit: 1000 });
    }
    const begun = new Set(events.filter(({ call: made }) => made === 'accept' || made === 'connect').map(({ connection }) => connection));
    for (const { id, transport } of connections.slice(-SOUGHT)) if (transport === 'tcp' && !begun.has(id)) this.#once(id, { connection: id, limit: 20 });
  }

  async #once(what, query) {
    if (this.#sought.has(what)) return;
    this.#sought.add(what);
    const beginning = (await seek(query)).filter(({ connection }) => connection === (query.connection ?? null));
    this.#beginnings = merged(this.#beginnings, beginning).slice(-MOST_SOUGHT);
    this.dispatchEvent(new Event('change'));
  }
}

/** Without an answer the drawing says less; the page says elsewhere that the server is silent. */
async function seek(query) {
  const found = await call('GET', withQuery('/api/events', query)).catch(() => null);
  return found?.items ?? [];
}

/** Two lists of events as one, each once, in the order of their ids. */
function merged(some, more) {
  if (more.length === 0) return some;
  const byId = new Map([...some, ...more].map(event => [event.id, event]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
