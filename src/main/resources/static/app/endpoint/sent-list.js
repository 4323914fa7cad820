import { html } from 'lit';
import { Part } from '../page/part.js';
import { icon } from '../page/icons.js';
import { connectionNumber, counted, moment } from '../page/display.js';
import { toBytes, toEscaped, BadPayload } from '../framing/bytes.js';
import { written } from './sending.js';

const SHOWN = 120;

/** What was sent before, to be taken as a draft again: says `take` with the one chosen. */
class SentList extends Part {
  static properties = { sent: { attribute: false } };

  open() {
    this.requestUpdate();
    this.querySelector('dialog').showModal();
  }

  render() {
    const items = this.sent.items;
    return html`
      <dialog aria-labelledby="sent-title">
        <header>
          <h2 id="sent-title">Sent before</h2>
          <button type="button" class="icon-button" title="Close" @click=${() => this.#close()}>${icon('close')}<span class="visually-hidden">Close</span></button>
        </header>
        <ul class="sent" tabindex="0" aria-label="Messages sent before">${items.map(item => html`
          <li><button type="button" @click=${() => this.#take(item)}>
            <span class="mono what">${preview(item)}</span>
            <span class="quiet">to ${item.endpoint} ${connectionNumber(item.connection)}, ${moment(item.at)}${item.repeat > 1 ? `, ${counted(item.repeat, 'time')}` : ''}</span>
          </button></li>`)}
          ${items.length === 0 ? html`<li class="quiet">Nothing yet.</li>` : ''}
        </ul>
        <footer>
          <p class="quiet">Kept in this browser only.</p>
          <button type="button" class="button danger" ?disabled=${items.length === 0} @click=${() => { this.sent.clear(); this.requestUpdate(); }}>Forget all</button>
        </footer>
      </dialog>`;
  }

  #take(item) {
    this.#close();
    this.dispatchEvent(new CustomEvent('take', { detail: item }));
  }

  #close() {
    this.querySelector('dialog').close();
  }
}

function preview(item) {
  try {
    const escaped = toEscaped(toBytes(written(item), item.encoding).subarray(0, SHOWN));
    return escaped === '' ? 'no bytes' : escaped;
  } catch (failure) {
    if (failure instanceof BadPayload) return item.payload.slice(0, SHOWN);
    throw failure;
  }
}

customElements.define('sb-sent', SentList);
