import { html } from 'lit';
import { Part } from './part.js';
import { bar } from './bar.js';
import { wantedDraft } from './draft.js';
import { icon } from './icons.js';
import '../live/status.js';
import '../live/throughput.js';
import '../live/toolbar.js';
import '../live/table.js';
import '../live/conversation.js';
import '../live/summary.js';
import '../endpoint/list.js';
import '../endpoint/composer.js';
import '../endpoint/deleted.js';
import '../endpoint/form.js';
import '../history/inspector.js';
import '../history/notices.js';
import './help.js';
import './confirm.js';
import './splitter.js';

/**
 * The live page as a whole: where its parts stand, and what one part asks of another. `sheet` says which of inspector and
 * composer is in front where only one has room; on a phone it may be neither.
 */
class Workbench extends Part {
  static properties = { drawer: { state: true }, sheet: { state: true } };

  constructor() {
    super();
    this.drawer = false;
    this.sheet = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.board.attach(this);
    this.redrawOn(this.board.address, 'change');
    this.on(this.board.address, 'change', ({ detail }) => {
      if ((detail.has('message') && this.board.address.message) || (detail.has('event') && this.board.address.event)) this.sheet = 'inspector';
    });
    if (this.board.address.message || this.board.address.event) this.sheet = 'inspector';
  }

  async firstUpdated() {
    const draft = await wantedDraft();
    if (draft) this.take(draft.bytes, draft.message);
  }

  render() {
    const { board } = this;
    return html`
      ${bar(board, { menu: this.#menu(), status: html`<sb-status .board=${board}></sb-status>` })}
      <sb-notices .board=${board}></sb-notices>
      <div class="panes" data-sheet=${this.sheet ?? 'none'}>
        <nav id="endpoints" class=${this.drawer ? 'open' : ''} aria-label="Endpoints and connections" @keydown=${this.#drawerKey}><sb-endpoints .board=${board}></sb-endpoints></nav>
        <button type="button" class="veil" tabindex="-1" aria-hidden="true" ?hidden=${!this.drawer} @click=${() => this.closeDrawer()}></button>
        <main>
          <sb-throughput .board=${board}></sb-throughput>
          <sb-toolbar .board=${board}></sb-toolbar>
          ${board.address.view === 'conversation' ? html`<sb-conversation .board=${board}></sb-conversation>` : html`<sb-table .board=${board}></sb-table>`}
          <sb-splitter></sb-splitter>
          <div class="sheet-tabs" role="group" aria-label="In front">
            ${this.#sheetTab('inspector', 'Inspector')}${this.#sheetTab('composer', 'Composer', true)}
            <span class="spring"></span>
            <button type="button" class="icon-button lower" ?hidden=${!this.sheet} title="Close" @click=${() => { this.sheet = null; }}>${icon('close')}<span class="visually-hidden">Close</span></button>
          </div>
          <div class="bottom">
            <section class="inspector" aria-label="Inspector"><sb-inspector .board=${board}></sb-inspector></section>
            <section class="composer" data-acts aria-label="Composer"><sb-composer .board=${board}></sb-composer></section>
          </div>
        </main>
      </div>
      <sb-summary .board=${board}></sb-summary>
      <sb-endpoint-form .board=${board}></sb-endpoint-form>
      <sb-deleted .board=${board}></sb-deleted>
      <sb-confirm></sb-confirm>
      <sb-help .board=${board}></sb-help>`;
  }

  #menu() {
    return html`
      <button type="button" class="icon-button menu" aria-expanded=${this.drawer} aria-controls="endpoints" @click=${() => { this.drawer = !this.drawer; }}>
        ${icon('menu')}<span class="visually-hidden">Endpoints</span></button>`;
  }

  #sheetTab(sheet, label, acts = false) {
    return html`<button type="button" class="sheet-tab" ?data-acts=${acts} aria-pressed=${(this.sheet ?? 'none') === sheet} @click=${() => { this.sheet = this.sheet === sheet ? null : sheet; }}>${label}</button>`;
  }

  #drawerKey(event) {
    if (event.key === 'Escape' && this.drawer) {
      event.stopPropagation();
      this.closeDrawer();
      this.querySelector('.menu').focus();
    }
  }

  closeDrawer() {
    this.drawer = false;
  }

  newEndpoint() {
    this.querySelector('sb-endpoint-form').open();
  }

  editEndpoint(endpoint) {
    this.querySelector('sb-endpoint-form').open(endpoint);
  }

  duplicateEndpoint(endpoint) {
    this.querySelector('sb-endpoint-form').open(endpoint, true);
  }

  focusEndpoints(name) {
    this.querySelector('sb-endpoints').focusEntry(name);
  }

  confirm(question) {
    return this.querySelector('sb-confirm').ask(question);
  }

  help() {
    this.querySelector('sb-help').open();
  }

  focusFilter() {
    this.querySelector('sb-toolbar').focusFilter();
  }

  focusRows() {
    this.querySelector('sb-table, sb-conversation').focusRows();
  }

  moveRow(step, extend) {
    this.querySelector('sb-table, sb-conversation').move(step, extend);
  }

  async inspect() {
    this.sheet = 'inspector';
    await this.updateComplete;
    this.querySelector('sb-inspector').focusBody();
  }

  /** From a part back to the rows; from the rows to having none chosen. */
  back() {
    if (document.activeElement.closest('sb-table, sb-conversation') || document.activeElement === document.body) {
      this.board.address.set({ message: null, event: null });
      if (this.sheet === 'inspector') this.sheet = null;
    }
    this.focusRows();
  }

  async compose() {
    this.sheet = 'composer';
    await this.updateComplete;
    this.querySelector('sb-composer').focusPayload();
  }

  resend() {
    this.querySelector('sb-inspector').resend();
  }

  async take(bytes, message) {
    this.sheet = 'composer';
    await this.updateComplete;
    this.querySelector('sb-composer').take(bytes, message);
  }
}

customElements.define('sb-workbench', Workbench);
