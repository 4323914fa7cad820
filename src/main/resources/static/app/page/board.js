import { Address } from './address.js';
import { Feed } from '../live/feed.js';
import { LiveView } from '../live/view.js';
import { Endpoints } from '../endpoint/endpoints.js';

/** The owners of the page's state, and the way from one part to another: through the workbench, never directly. */
export class Board {
  address = new Address();
  feed = new Feed(() => this.address.filter);
  view = new LiveView(this.feed, this.address);
  endpoints = new Endpoints();

  #workbench;

  constructor() {
    this.view.addEventListener('lifecycle', ({ detail }) => this.endpoints.heard(detail));
    this.address.addEventListener('change', () => this.#watch());
    this.#watch();
    // A server that hangs may keep its socket open: what the API says counts as well.
    this.endpoints.addEventListener('change', () => {
      if (!this.endpoints.reachable && this.feed.state === 'open') this.feed.reconnect();
    });
    this.feed.addEventListener('state', () => { if (this.feed.state === 'open') this.endpoints.refresh(); });
  }

  begin() {
    this.feed.open();
    this.endpoints.begin();
  }

  attach(workbench) {
    this.#workbench = workbench;
  }

  newEndpoint() { this.#workbench.newEndpoint(); }
  editEndpoint(endpoint) { this.#workbench.editEndpoint(endpoint); }
  confirm(question) { return this.#workbench.confirm(question); }
  closeDrawer() { this.#workbench.closeDrawer(); }
  help() { this.#workbench.help(); }
  focusFilter() { this.#workbench.focusFilter(); }
  focusRows() { this.#workbench.focusRows(); }
  moveRow(step) { this.#workbench.moveRow(step); }
  inspect() { this.#workbench.inspect(); }
  back() { this.#workbench.back(); }
  compose() { this.#workbench.compose(); }
  resend() { this.#workbench.resend(); }
  take(bytes, message) { this.#workbench.take(bytes, message); }

  #watch() {
    this.endpoints.watched = this.address.endpoint;
  }
}
