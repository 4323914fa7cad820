import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { icon } from '../page/icons.js';
import { connectionNumber } from '../page/display.js';
import { directionChoice } from './direction.js';
import { viewChoice } from './view-choice.js';
import '../page/filter-field.js';

/** What is shown in the table: the filter, which the server applies, and following, pausing and clearing. */
class LiveToolbar extends Part {
  connectedCallback() {
    super.connectedCallback();
    this.redrawOn(this.board.view, 'status');
    this.redrawOn(this.board.address, 'change');
  }

  render() {
    const { view, address } = this.board;
    return html`
      <sb-filter-field .value=${address.contains} .label=${'Only messages that contain this text'} .hint=${'Contains…'}
                       @filter=${({ detail }) => address.set({ contains: detail })} @leave=${() => this.board.focusRows()}></sb-filter-field>
      ${directionChoice(address)}
      ${viewChoice(address)}
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
    this.querySelector('sb-filter-field').focus();
  }
}

customElements.define('sb-toolbar', LiveToolbar);
