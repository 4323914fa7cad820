import { Recording } from '../history/recording.js';
import { Chosen } from '../live/chosen.js';
import { Endpoints } from '../endpoint/endpoints.js';

/** The owners of a page's state, and the way from one part to another: through the page, never directly. */
export class Board {
  address;
  endpoints = new Endpoints();
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
  editEndpoint(endpoint) { this.#page.editEndpoint(endpoint); }
  closeDrawer() { this.#page.closeDrawer(); }
  compose() { this.#page.compose(); }
  import(file) { this.#page.import(file); }
}
