import { html } from 'lit';
import { Part } from './part.js';
import { icon } from './icons.js';
import { keysOf, keysOn, switchKeys } from './keys.js';
import { at } from './root.js';

const MARKS = {
  live: html`
    <dt>◇ event</dt><dd>Something happened to a socket: bound, accepted, closed. Never left out</dd>
    <dt class="gap">⋯ not shown</dt><dd>More came than a page can draw. The count is exact, and a narrower filter shows every row</dd>`,
  history: html`
    <dt class="gap">✕ not recorded</dt><dd>Frames that crossed the wire while recording could not keep up. The count is exact; their bytes are gone</dd>`,
};
const HERE = {
  live: html`<dt data-acts><kbd>Ctrl</kbd> <kbd>Enter</kbd></dt><dd data-acts>Send, in the composer</dd>`,
  history: html`
    <dt><kbd>←</kbd> <kbd>→</kbd></dt><dd>On the histogram: look at one interval after the other, or move a handle. With <kbd>Shift</kbd>, ten at a time</dd>
    <dt><kbd>Enter</kbd></dt><dd>On the histogram: choose that interval. <kbd>+</kbd> zooms to what is chosen, <kbd>−</kbd> goes back</dd>`,
};

/** The keys, and what the marks in the table mean. */
class Help extends Part {
  open() {
    this.requestUpdate();
    this.querySelector('dialog').showModal();
  }

  render() {
    return html`
      <dialog aria-labelledby="help-title">
        <header>
          <h2 id="help-title">Help</h2>
          <button type="button" class="icon-button" title="Close" @click=${() => this.querySelector('dialog').close()}>${icon('close')}<span class="visually-hidden">Close</span></button>
        </header>
        <div class="body" tabindex="0" role="region" aria-label="Keys and marks">
          ${this.board.page in MARKS ? html`<section>
            <h3>Rows</h3>
            <dl>
              <dt class="in"><span aria-hidden="true">→</span> in</dt><dd>A message that came in from a peer</dd>
              <dt class="out"><span aria-hidden="true">←</span> out</dt><dd>A message that Switchboard sent</dd>
              ${MARKS[this.board.page]}
            </dl>
          </section>` : ''}
          <section>
            <h3>Keys</h3>
            <dl>${keysOf(this.board.page).map(({ show, words }) => html`<dt>${show.map(key => html`<kbd>${key}</kbd> `)}</dt><dd>${words}</dd>`)}
              <dt><kbd>Ctrl</kbd> <kbd>A</kbd></dt><dd>On the rows: choose all that are loaded. <kbd>Ctrl</kbd> <kbd>C</kbd> copies those chosen</dd>
              ${HERE[this.board.page]}</dl>
            <label class="check"><input type="checkbox" .checked=${keysOn()} @change=${({ target }) => switchKeys(target.checked)}>Single keys are on</label>
          </section>
          <p>Everything here can be done from a terminal: <a href=${at('/swagger-ui.html')}>the API</a>.</p>
        </div>
      </dialog>`;
  }
}

customElements.define('sb-help', Help);
