import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { icon } from '../page/icons.js';
import { connectionNumber, DIRECTIONS } from '../page/display.js';

const TYPING_PAUSE = 200;

/** What is shown in the table: the filter, which the server applies, and following, pausing and clearing. */
class LiveToolbar extends Part {
  #typing = 0;

  connectedCallback() {
    super.connectedCallback();
    this.redrawOn(this.board.view, 'status');
    this.redrawOn(this.board.address, 'change');
  }

  render() {
    const { view, address } = this.board;
    return html`
      <label class="filter">
        ${icon('search')}<span class="visually-hidden">Only messages that contain</span>
        <input type="search" placeholder="Contains…" title="Only messages that contain this text  ( / )" spellcheck="false" autocomplete="off"
               .value=${address.contains ?? ''} @input=${this.#typed} @keydown=${this.#entered}>
      </label>
      <div class="choices" role="group" aria-label="Direction">
        ${this.#direction(null, 'All')}
        ${Object.entries(DIRECTIONS).map(([direction, { glyph, word }]) =>
          this.#direction(direction, html`<span aria-hidden="true">${glyph}</span> ${word[0].toUpperCase()}${word.slice(1)}`))}
      </div>
      ${address.endpoint ? html`
        <button type="button" class="button chip" title="Show all endpoints" @click=${() => address.set({ endpoint: null, connection: null })}>
          <span class="mono">${address.endpoint} ${connectionNumber(address.connection)}</span>${icon('close')}<span class="visually-hidden">: show all endpoints</span>
        </button>` : nothing}
      <span class="spring"></span>
      <button type="button" class="button" aria-pressed=${view.following} title="Keep the newest row in view  ( f )"
              @click=${() => view.follow(!view.following)}>${icon('follow')}<span class="words">Follow</span></button>
      <button type="button" class="button" aria-pressed=${view.paused} title="Hold the table still; nothing is lost to history  ( p )"
              @click=${() => view.pause(!view.paused)}>${icon(view.paused ? 'play' : 'pause')}<span class="words">${view.paused ? 'Resume' : 'Pause'}</span></button>
      <button type="button" class="button" title="Empty the table; history keeps everything" @click=${() => view.clear()}>
        ${icon('clear')}<span class="words">Clear</span></button>`;
  }

  focusFilter() {
    const input = this.querySelector('input');
    input.focus();
    input.select();
  }

  #direction(direction, label) {
    const { address } = this.board;
    return html`<button type="button" aria-pressed=${address.direction === direction} @click=${() => address.set({ direction })}>${label}</button>`;
  }

  #typed({ target }) {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.board.address.set({ contains: target.value }), TYPING_PAUSE);
  }

  #entered(event) {
    if (event.key === 'Enter') {
      clearTimeout(this.#typing);
      this.board.address.set({ contains: event.target.value });
      this.board.focusRows();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      clearTimeout(this.#typing);
      if (event.target.value) {
        event.target.value = '';
        this.board.address.set({ contains: null });
      } else {
        this.board.focusRows();
      }
    }
  }
}

customElements.define('sb-toolbar', LiveToolbar);
