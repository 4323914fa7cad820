import { call } from '../page/http.js';
import { isRunning } from './types.js';

/** How long a deletion can be undone, in milliseconds; longer while somebody is at it. */
export const UNDOABLE = 10_000;
const SAID = 5000;
const DEFINITION = ['name', 'type', 'bind', 'remote', 'framing', 'maxFrameBytes', 'whenFull', 'autoStart', 'onReceive', 'reconnect', 'description'];

/**
 * The endpoints deleted a moment ago. A deletion is done at once; to undo it is to make the endpoint anew from its
 * definition, so what it was connected to is gone. Says `change`. A deletion is `deleted`, `restoring`, `restored` or
 * `failed`, and has `left` milliseconds to stand there, or no end while something is under way or went wrong.
 */
export class Deletions extends EventTarget {
  items = [];

  #endpoints;

  constructor(endpoints) {
    super();
    this.#endpoints = endpoints;
  }

  async remove(name) {
    // As it is at the last moment: what is listed may be two seconds old.
    const endpoint = await call('GET', `/api/endpoints/${encodeURIComponent(name)}`);
    await this.#endpoints.remove(name);
    this.items = [...this.items.filter(item => item.endpoint.name !== name), { endpoint, state: 'deleted', left: UNDOABLE, trouble: '' }];
    this.#changed();
  }

  /** Returns whether it is back. */
  async undo(item) {
    if (item.state === 'restoring' || item.state === 'restored') return false;
    this.#become(item, 'restoring', Infinity);
    try {
      item.endpoint = await this.#restore(item.endpoint);
      this.#become(item, 'restored', SAID);
      return true;
    } catch (problem) {
      if (!problem.fields) throw problem;
      item.trouble = [...problem.fields.values()].join(' ') || problem.message;
      this.#become(item, 'failed', Infinity);
      return false;
    }
  }

  /** The one deleted last that can still be brought back. */
  get last() {
    return this.items.findLast(({ state }) => state === 'deleted' || state === 'failed');
  }

  dismiss(item) {
    this.items = this.items.filter(one => one !== item);
    this.#changed();
  }

  /** Lets time pass. */
  pass(milliseconds) {
    for (const item of this.items) item.left -= milliseconds;
    if (!this.items.some(({ left }) => left <= 0)) return;
    this.items = this.items.filter(({ left }) => left > 0);
    this.#changed();
  }

  /** As it was: what did not run is not started, and what did is, whatever it does when Switchboard starts. */
  async #restore(endpoint) {
    const definition = Object.fromEntries(DEFINITION.map(key => [key, endpoint[key]]).filter(([, value]) => value !== null && value !== ''));
    const runs = isRunning(endpoint);
    if (runs && endpoint.autoStart) return this.#endpoints.create(definition);
    const made = await this.#endpoints.create({ ...definition, autoStart: false });
    if (runs) return this.#endpoints.start(made.name);
    return endpoint.autoStart ? this.#endpoints.replace(made.name, definition) : made;
  }

  #become(item, state, left) {
    Object.assign(item, { state, left });
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
