import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { icon } from '../page/icons.js';
import { counted } from '../page/display.js';

const TICK = 250;

/** Notes about endpoints just deleted, each with the way to undo it; they stay while the pointer or the focus is there. */
class Deleted extends Part {
  connectedCallback() {
    super.connectedCallback();
    this.redrawOn(this.board.deletions, 'change');
    this.every(TICK, () => { if (!this.matches(':hover, :focus-within')) this.board.deletions.pass(TICK); });
  }

  render() {
    return html`<div class="notes" role="status">${this.board.deletions.items.map(item => this.#note(item))}</div>`;
  }

  focusLast() {
    [...this.querySelectorAll('.undo')].at(-1)?.focus();
  }

  #note(item) {
    const { state, endpoint, trouble } = item;
    const name = html`<b class="mono">${endpoint.name}</b>`;
    return html`
      <div class="note ${state}">
        <p>${state === 'restored' ? html`${name} is back, ${endpoint.state}${endpoint.localAddress ? html` at <span class="mono">${endpoint.localAddress}</span>` : nothing}.`
          : state === 'restoring' ? html`Bringing back ${name}…`
          : state === 'failed' ? html`${name} could not be brought back. ${trouble}`
          : html`${name} deleted. ${lost(endpoint)}`}</p>
        ${state === 'deleted' || state === 'failed' ? html`<button type="button" class="button small undo" title="Make it anew from its definition  ( u )" @click=${() => this.#undo(item)}>${state === 'failed' ? 'Try again' : 'Undo'}<span class="visually-hidden"> deleting ${endpoint.name}</span></button>` : nothing}
        ${state === 'restoring' ? nothing : html`<button type="button" class="icon-button" title="Put away" @click=${() => this.#dismiss(item)}>${icon('close')}<span class="visually-hidden">Put away the note about ${endpoint.name}</span></button>`}
      </div>`;
  }

  async #undo(item) {
    if (await this.board.deletions.undo(item)) this.board.restored(item.endpoint.name);
  }

  #dismiss(item) {
    this.board.deletions.dismiss(item);
    this.board.focusEndpoints();
  }
}

/** What does not come back with the endpoint. */
function lost({ type, counters }) {
  const open = counters.connectionsOpen;
  if (open === 0) return '';
  return type === 'udp' ? `${counted(open, 'peer was', 'peers were')} forgotten.` : `${counted(open, 'connection was', 'connections were')} closed, for good.`;
}

customElements.define('sb-deleted', Deleted);
