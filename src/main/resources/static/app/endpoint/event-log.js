import { html } from 'lit';
import { Part } from '../page/part.js';
import { clock, connectionNumber, day } from '../page/display.js';

const SHOWN = 300;
const TROUBLE = new Set(['failed', 'framing-error', 'reset']);

/** What happened to an endpoint's sockets, in words, the newest first. */
class EventLog extends Part {
  connectedCallback() {
    super.connectedCallback();
    this.redrawOn(this.board.life, 'change');
  }

  render() {
    const { life } = this.board;
    const newest = life.events.slice(-SHOWN).reverse();
    if (newest.length === 0) return html`<p class="quiet">${life.loaded ? 'No event is recorded.' : 'Fetching…'}</p>`;
    const today = new Date().toDateString();
    return html`
      <ol tabindex="0" aria-label="Events, newest first">
        ${newest.map(({ at, connection, type, detail }) => html`
          <li class=${TROUBLE.has(type) ? 'trouble' : ''}>
            <time class="mono" datetime=${at}>${new Date(at).toDateString() === today ? '' : `${day(new Date(at))} `}${clock(at)}</time>
            <span class="number mono">${connectionNumber(connection)}</span>
            <p><b>${type}</b> ${detail}</p>
          </li>`)}
      </ol>`;
  }
}

customElements.define('sb-event-log', EventLog);
