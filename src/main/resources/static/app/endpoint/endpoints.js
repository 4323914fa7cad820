import { call, withQuery } from '../page/http.js';

const POLL = 2000;
const AFTER_EVENTS = 150;

/**
 * The endpoints and their open connections as the server last told them. Asked again soon after life-cycle events and
 * every two seconds for the counters; says `change`. `reachable` is false while the API does not answer.
 */
export class Endpoints extends EventTarget {
  items = [];
  loaded = false;
  reachable = true;
  asOf = null;
  /** The endpoint whose connections are wanted with fresh counters, or null. */
  watched = null;
  /** How many of an endpoint's open connections are listed; the rest is told as a number. */
  listed = 50;

  #connections = new Map();
  #strays = new Map();
  #stale = new Set();
  #soon = 0;
  #loading = null;
  /** One more load, for all who asked while one was under way. */
  #next = null;

  begin() {
    this.refresh();
    setInterval(() => { if (!document.hidden) this.refresh(); }, POLL);
  }

  /** Takes note of life-cycle events: whatever they were about is asked for again. */
  heard(events) {
    for (const { endpoint } of events) this.#stale.add(endpoint);
    this.#soon ||= setTimeout(() => this.refresh(), AFTER_EVENTS);
  }

  /** From now on, lists more of them. */
  list(most) {
    this.listed = Math.min(most, 1000);
    return this.refresh();
  }

  find(name) {
    return name ? this.items.find(endpoint => endpoint.name === name) : undefined;
  }

  /** The open connections of an endpoint, oldest first, the newest `listed` of them. */
  connectionsOf(name) {
    return this.#connections.get(name) ?? [];
  }

  /** A connection by its id, open or closed; undefined while it is not known. */
  connection(id) {
    if (!id) return undefined;
    for (const connections of this.#connections.values()) {
      const found = connections.find(connection => connection.id === id);
      if (found) return found;
    }
    if (!this.#strays.has(id)) this.#seek(id);
    return this.#strays.get(id) ?? undefined;
  }

  /** Whether the server does not know this connection, or no longer. */
  isGone(id) {
    return this.#strays.get(id) === null;
  }

  refresh() {
    clearTimeout(this.#soon);
    this.#soon = 0;
    if (this.#loading) {
      this.#next ??= this.#loading.then(() => {
        this.#next = null;
        return this.refresh();
      });
      return this.#next;
    }
    this.#loading = this.#load().finally(() => { this.#loading = null; });
    return this.#loading;
  }

  create(definition) {
    return this.#changing(() => call('POST', '/api/endpoints', { json: definition }));
  }

  replace(name, definition) {
    return this.#changing(() => call('PUT', path(name), { json: definition }), name);
  }

  start(name) {
    return this.#changing(() => call('POST', `${path(name)}/start`), name);
  }

  stop(name) {
    return this.#changing(() => call('POST', `${path(name)}/stop`), name);
  }

  remove(name) {
    return this.#changing(() => call('DELETE', path(name)), name);
  }

  /** Ends a connection: `how` is null for an orderly close, `half`, or `reset`. */
  end(connection, how) {
    return this.#changing(() => call('DELETE', withQuery(`/api/connections/${encodeURIComponent(connection.id)}`, { how })), connection.endpoint);
  }

  async #changing(action, name) {
    try {
      return await action();
    } finally {
      if (name) this.#stale.add(name);
      await this.refresh();
    }
  }

  async #load() {
    try {
      const { items } = await call('GET', '/api/endpoints?limit=1000', { timeout: 5000 });
      const before = new Map(this.items.map(endpoint => [endpoint.name, endpoint]));
      const stale = items.filter(({ name, counters }) => {
        const known = before.get(name)?.counters;
        return this.#stale.has(name) || name === this.watched || known?.connectionsOpen !== counters.connectionsOpen || known?.connectionsTotal !== counters.connectionsTotal;
      });
      this.#stale.clear();
      for (const [id, connection] of this.#strays) if (connection && connection.state !== 'closed') this.#strays.delete(id);
      await Promise.all(stale.map(endpoint => this.#loadConnections(endpoint.name)));
      for (const name of this.#connections.keys()) if (!items.some(endpoint => endpoint.name === name)) this.#connections.delete(name);
      this.items = items.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      this.loaded = true;
      this.reachable = true;
      this.asOf = new Date();
    } catch (problem) {
      this.reachable = problem.status > 0;
    }
    this.dispatchEvent(new Event('change'));
  }

  async #loadConnections(name) {
    const { items } = await call('GET', withQuery('/api/connections', { endpoint: name, state: 'open', limit: this.listed }));
    this.#connections.set(name, items.toReversed());
  }

  /** A chosen connection may be closed, or be one of too many to be listed. */
  async #seek(id) {
    this.#strays.set(id, undefined);
    try {
      this.#strays.set(id, await call('GET', `/api/connections/${encodeURIComponent(id)}`));
    } catch (problem) {
      // Without an answer nothing is known, and it is asked for again.
      if (problem.status !== 404) {
        this.#strays.delete(id);
        return;
      }
      this.#strays.set(id, null);
    }
    this.dispatchEvent(new Event('change'));
  }
}

function path(name) {
  return `/api/endpoints/${encodeURIComponent(name)}`;
}
