import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { bar } from '../page/bar.js';
import { viewOnly } from '../page/role.js';
import { draftElsewhere } from '../page/draft.js';
import '../live/table.js';
import '../live/conversation.js';
import '../page/splitter.js';
import '../page/help.js';
import '../page/confirm.js';
import './notices.js';
import './status.js';
import './toolbar.js';
import './histogram.js';
import './outcome.js';
import './inspector.js';
import './import.js';

/** The history page as a whole: where its parts stand, and what one part asks of another. */
class HistoryPage extends Part {
  static properties = { sheet: { state: true }, dropping: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.board.attach(this);
    this.sheet = Boolean(this.board.address.message);
    this.redrawOn(this.board.address, 'change');
    this.on(this.board.address, 'change', ({ detail }) => { if (detail.has('message')) this.sheet = Boolean(this.board.address.message); });
    this.on(this, 'dragenter dragover', event => this.#over(event));
    this.on(this, 'dragleave', ({ relatedTarget }) => { if (!this.contains(relatedTarget)) this.dropping = false; });
    this.on(this, 'drop', event => this.#dropped(event));
  }

  render() {
    const { board } = this;
    return html`
      ${bar(board, { status: html`<sb-history-status .board=${board}></sb-history-status>` })}
      <sb-notices .board=${board}></sb-notices>
      <main>
        <sb-history-toolbar .board=${board}></sb-history-toolbar>
        <section aria-label="Traffic over time"><sb-histogram .board=${board}></sb-histogram></section>
        <sb-outcome .board=${board}></sb-outcome>
        ${board.address.view === 'conversation' ? html`<sb-conversation .board=${board}></sb-conversation>` : html`<sb-table .board=${board}></sb-table>`}
        <sb-splitter></sb-splitter>
        <section class="below ${this.sheet ? 'open' : ''}" aria-label="Inspector">
          <button type="button" class="icon-button lower" title="Close" @click=${() => { this.sheet = false; }}><span aria-hidden="true">✕</span><span class="visually-hidden">Close the inspector</span></button>
          <sb-inspector .board=${board}></sb-inspector>
        </section>
      </main>
      ${this.dropping ? html`<div class="drop"><p>Drop a capture to import it: pcap, pcapng or NDJSON</p></div>` : nothing}
      <sb-import .board=${board}></sb-import>
      <sb-confirm></sb-confirm>
      <sb-help .board=${board}></sb-help>`;
  }

  confirm(question) {
    return this.querySelector('sb-confirm').ask(question);
  }

  help() {
    this.querySelector('sb-help').open();
  }

  import(file) {
    this.querySelector('sb-import').open(file);
  }

  focusFilter() {
    this.querySelector('sb-history-toolbar').focusFilter();
  }

  focusRows() {
    this.querySelector('sb-table, sb-conversation').focusRows();
  }

  moveRow(step, extend) {
    this.querySelector('sb-table, sb-conversation').move(step, extend);
  }

  async inspect() {
    this.sheet = true;
    await this.updateComplete;
    this.querySelector('sb-inspector').focusBody();
  }

  /** From a part back to the rows; from the rows to having none chosen. */
  back() {
    if (document.activeElement.closest('sb-table, sb-conversation') || document.activeElement === document.body) this.board.address.set({ message: null });
    this.focusRows();
  }

  resend() {
    this.querySelector('sb-inspector').resend();
  }

  take(bytes, message) {
    draftElsewhere(message);
  }

  #over(event) {
    if (viewOnly || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    this.dropping = true;
  }

  #dropped(event) {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    this.dropping = false;
    const [file] = event.dataTransfer.files;
    if (file && !viewOnly) this.import(file);
  }
}

customElements.define('sb-history', HistoryPage);
