import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { icon } from '../page/icons.js';
import { connectionNumber } from '../page/display.js';
import { toBytes, BadPayload } from '../framing/bytes.js';
import { directionChoice } from '../live/direction.js';
import { viewChoice } from '../live/view-choice.js';
import '../page/filter-field.js';

const ORIGINS = { peer: 'the peer', operator: 'the operator', rule: 'a rule', proxy: 'a proxy', scenario: 'a scenario' };
const MODES = { contains: 'Text', containsHex: 'Hex' };

/** What to search for. All of it is in the address, and the server applies it. */
class HistoryToolbar extends Part {
  static properties = { mode: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.mode = this.board.address.containsHex ? 'containsHex' : 'contains';
    this.redrawOn(this.board.address, 'change');
    this.redrawOn(this.board.endpoints, 'change');
    this.redrawOn(this.board.view, 'rows');
  }

  render() {
    const { address } = this.board;
    const other = this.mode === 'contains' ? 'containsHex' : 'contains';
    return html`
      <div class="content">
        <div class="choices" role="group" aria-label="Search for">
          ${Object.entries(MODES).map(([mode, label]) => html`<button type="button" aria-pressed=${this.mode === mode} @click=${() => this.#turn(mode)}>${label}</button>`)}
        </div>
        <sb-filter-field .value=${address[this.mode]} .label=${this.mode === 'contains' ? 'Only frames that contain this text' : 'Only frames that contain these bytes, in hex'}
                         .hint=${this.mode === 'contains' ? 'Contains…' : '0d 0a'} .complaint=${this.mode === 'contains' ? () => '' : badHex}
                         @filter=${({ detail }) => address.set({ [this.mode]: detail })} @leave=${() => this.board.focusRows()}></sb-filter-field>
      </div>
      ${directionChoice(address)}
      ${viewChoice(address)}
      <label class="endpoint"><span class="visually-hidden">Endpoint</span>
        <input class="mono" list="endpoint-names" placeholder="Any endpoint" spellcheck="false" autocomplete="off" autocapitalize="none" .value=${address.endpoint ?? ''}
               @change=${({ target }) => address.set({ endpoint: target.value.trim(), connection: null })} @keydown=${this.#left}>
        <datalist id="endpoint-names">${this.#names().map(name => html`<option value=${name}></option>`)}</datalist>
      </label>
      <select aria-label="Made by" @change=${({ target }) => address.set({ origin: target.value })}>
        <option value="" .selected=${!address.origin}>Made by anyone</option>
        ${Object.entries(ORIGINS).map(([origin, words]) => html`<option value=${origin} .selected=${address.origin === origin}>Made by ${words}</option>`)}
      </select>
      ${address.connection ? this.#chip('connection', `connection ${connectionNumber(address.connection)}`, 'all connections') : nothing}
      ${address[other] ? this.#chip(other, `${MODES[other].toLowerCase()} ${address[other]}`, 'whatever they contain') : nothing}`;
  }

  focusFilter() {
    this.querySelector('sb-filter-field').focus();
  }

  #chip(key, words, instead) {
    return html`
      <button type="button" class="button chip" title="Show ${instead}" @click=${() => this.board.address.set({ [key]: null })}>
        <span class="mono">${words}</span>${icon('close')}<span class="visually-hidden">: show ${instead}</span></button>`;
  }

  /** Endpoints there are, and those of what was found: an endpoint that is gone or was imported has history, too. */
  #names() {
    const { endpoints, view } = this.board;
    const names = new Set(endpoints.items.map(({ name }) => name));
    for (const name of view.rows.endpoints) names.add(name);
    return [...names].toSorted();
  }

  #turn(mode) {
    this.mode = mode;
    this.focusFilter();
  }

  /** Leaving the field says `change` if there was one. */
  #left(event) {
    if (event.key !== 'Escape' && event.key !== 'Enter') return;
    event.stopPropagation();
    this.board.focusRows();
  }
}

function badHex(typed) {
  try {
    toBytes(typed, 'hex');
    return '';
  } catch (failure) {
    if (failure instanceof BadPayload) return failure.message;
    throw failure;
  }
}

customElements.define('sb-history-toolbar', HistoryToolbar);
