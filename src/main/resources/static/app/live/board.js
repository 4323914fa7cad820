import { Address } from '../page/address.js';
import { Board } from '../page/board.js';
import { emptiness } from './empty.js';
import { Feed } from './feed.js';
import { LiveView } from './view.js';

/** What the live page is about: the feed, and the rows it shows. */
export class LiveBoard extends Board {
  page = 'live';
  feed = new Feed(() => this.address.filter);
  view = new LiveView(this.feed, this.address);

  constructor() {
    super(new Address({
      filters: ['endpoint', 'connection', 'direction', 'contains'],
      others: ['message', 'event', 'tab', 'view', 'show'],
      steps: ['endpoint', 'connection', 'view'],
    }));
    this.view.addEventListener('lifecycle', ({ detail }) => this.endpoints.heard(detail));
    this.address.addEventListener('change', () => this.#watch());
    this.#watch();
    this.recording.listen(this.feed);
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

  emptiness() {
    return emptiness(this);
  }

  #watch() {
    this.endpoints.watched = this.address.endpoint;
  }
}
