import { Recording } from '../history/recording.js';
import { Deletions } from '../endpoint/deletions.js';
import { Chosen } from '../live/chosen.js';
import { Endpoints } from '../endpoint/endpoints.js';

/** The owners of a page's state, and the way from one part to another: through the page, never directly. */
export class Board {
  address;
  endpoints = new Endpoints();
  deletions = new Deletions(this.endpoints);
  recording = new Recording();
  chosen = new Chosen();

  #page;

  constructor(address) {
    this.address = address;
  }

  attach(page) {
    this.#page = page;
  }

  confirm(question) { return this.#page.confirm(question); }
  help() { this.#page.help(); }
  focusFilter() { this.#page.focusFilter(); }
  focusRows() { this.#page.focusRows(); }
  moveRow(step, extend) { this.#page.moveRow(step, extend); }
  inspect() { this.#page.inspect(); }
  back() { this.#page.back(); }
  resend() { this.#page.resend(); }
  take(bytes, message) { this.#page.take(bytes, message); }
  newEndpoint() { this.#page.newEndpoint(); }
  /** Turns to an endpoint, one just made perhaps. */
  show(name) { this.address.set({ endpoint: name, connection: null }); }
  editEndpoint(endpoint) { this.#page.editEndpoint(endpoint); }
  duplicateEndpoint(endpoint) { this.#page.duplicateEndpoint(endpoint); }
  /** Puts the focus where endpoints are: on the one of that name, or the first thing there is. */
  focusEndpoints(name) { this.#page.focusEndpoints(name); }

  /** Deletes at once; for a while it can be undone. */
  async deleteEndpoint(name) {
    const { items } = this.endpoints;
    const index = items.findIndex(endpoint => endpoint.name === name);
    const next = items[index + 1] ?? items[index - 1];
    await this.deletions.remove(name);
    if (this.address.endpoint === name) this.address.set({ endpoint: null, connection: null });
    this.focusEndpoints(next?.name);
  }

  async undoDelete() {
    const { last } = this.deletions;
    if (last && await this.deletions.undo(last)) this.restored(last.endpoint.name);
  }

  restored(name) {
    this.show(name);
    this.focusEndpoints(name);
  }

  closeDrawer() { this.#page.closeDrawer(); }
  compose() { this.#page.compose(); }
  import(file) { this.#page.import(file); }
}
