import { html } from 'lit';
import { Part } from '../page/part.js';
import { counted } from '../page/display.js';

const EVERY = 5000;

/** Tells those who don't see the table, now and then and never in between, what has passed. */
class LiveSummary extends Part {
  static properties = { words: { state: true } };
  #before = null;

  connectedCallback() {
    super.connectedCallback();
    this.every(EVERY, () => this.#sum());
    this.on(this.board.view, 'status', () => this.#stateOnly());
  }

  render() {
    return html`<p class="visually-hidden" role="status">${this.words}</p>`;
  }

  #stateOnly() {
    const { state } = this.board.view;
    if (state === 'lost') this.words = 'Connection to Switchboard lost. Trying again.';
    else if (this.words?.startsWith('Connection')) this.words = 'Live again.';
  }

  #sum() {
    const { counters, state } = this.board.view;
    if (state !== 'open') return;
    const now = { in: counters.framesIn, out: counters.framesOut };
    if (this.#before && (now.in > this.#before.in || now.out > this.#before.out)) {
      this.words = `${counted(now.in - this.#before.in, 'message')} in, ${counted(now.out - this.#before.out, 'message')} out; ${counted(counters.connectionsOpen, 'connection')} open.`;
    }
    this.#before = now;
  }
}

customElements.define('sb-summary', LiveSummary);
