import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { Viewport } from '../page/viewport.js';
import { EVENT, GAP, MESSAGE } from './rows.js';
import { describe, marked } from './row.js';
import { emptiness } from './empty.js';

const BETWEEN_PAINTS = 45;

/**
 * The live table: a grid that is itself the focusable scroller and holds only the rows in view. Repainted at most
 * twenty times a second, from an animation frame, after which the batches drawn are acknowledged.
 */
class LiveTable extends Part {
  #viewport;
  #frame = 0;
  #paintedAt = 0;
  /** Where we put the scroller ourselves, so that a person's scrolling can be told from it. */
  #scrolledTo = 0;
  #first = 0;
  #shown = { from: 0, to: 0 };

  connectedCallback() {
    super.connectedCallback();
    this.on(this.board.view, 'rows', () => this.#paintSoon());
    this.redrawOn(this.board.view, 'status');
    this.redrawOn(this.board.address, 'change');
    this.redrawOn(this.board.endpoints, 'change');
    this.on(this.board.address, 'change', ({ detail }) => { if (detail.has('message') || detail.has('event')) this.#reveal(); });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#viewport?.release();
    cancelAnimationFrame(this.#frame);
  }

  firstUpdated() {
    this.#viewport = new Viewport(this.#scroller, () => this.#paintSoon());
    this.#paintSoon();
  }

  get #scroller() {
    return this.querySelector('[role=grid]');
  }

  render() {
    const { view, address } = this.board;
    const { rows } = view;
    const range = this.#viewport ? view.following ? this.#viewport.tail(rows.size) : this.#viewport.range(rows.size) : { from: 0, to: 0 };
    this.#shown = range;
    const chosen = address.message ?? address.event;
    const visible = Array.from({ length: range.to - range.from }, (_, i) => rows.at(rows.first + range.from + i));
    return html`
      <div class="head" role="presentation" aria-hidden="true">
        <span>Time</span><span>Connection</span><span>Dir</span><span class="number">Len</span><span>Preview</span>
      </div>
      <div role="grid" tabindex="0" aria-label="Messages and life-cycle events" aria-rowcount=${rows.size} aria-colcount="5"
           aria-activedescendant=${visible.some(row => row.id === chosen && row.kind !== GAP) ? 'chosen-row' : nothing}
           class=${view.state === 'open' ? '' : 'stale'}
           @scroll=${this.#scrolled} @wheel=${this.#wheel} @click=${this.#clicked}>
        <div class="sizer" role="presentation">
          <div class="window" role="rowgroup">${visible.map(row => this.#row(row, row.id === chosen && row.kind !== GAP, address))}</div>
        </div>
      </div>
      ${rows.messages === 0 ? html`<div class="empty ${rows.size === 0 ? '' : 'below'}">${emptiness(this.board)}</div>` : nothing}
      ${view.following || rows.size === 0 ? nothing : html`
        <button type="button" class="button to-end" @click=${() => this.toEnd()}>Follow the newest</button>`}`;
  }

  #row(row, chosen, address) {
    const { kind, time, where, mark, word, length, text, strong } = describe(row, address);
    return html`
      <div role="row" class=${kind} id=${chosen ? 'chosen-row' : nothing} aria-selected=${chosen}
           aria-rowindex=${row.sequence - this.board.view.rows.first + 1} data-sequence=${row.sequence}>
        <span role="gridcell" class="time">${time}</span>
        <span role="gridcell" class="where">${where}</span>
        <span role="gridcell" class="direction"><span aria-hidden="true">${mark}</span> ${word}</span>
        <span role="gridcell" class="number">${length}</span>
        <span role="gridcell" class="preview">${strong ? html`<b>${strong}</b> ` : nothing}${row.kind === MESSAGE ? marked(text, address.contains) : text}</span>
      </div>`;
  }

  updated() {
    const { rows, following } = this.board.view;
    if (!this.#viewport) return;
    this.#viewport.place(this.querySelector('.sizer'), this.querySelector('.window'), this.#shown.from, rows.size);
    const moved = rows.first - this.#first;
    this.#first = rows.first;
    if (following) this.#scrollTo(rows.size * this.#viewport.rowHeight - this.#viewport.height);
    // Rows gone at the top would slide the others up under the reader's eyes.
    else if (moved > 0) this.#scrollTo(this.#scroller.scrollTop - moved * this.#viewport.rowHeight);
  }

  toEnd() {
    this.board.view.follow(true);
    this.requestUpdate();
  }

  focusRows() {
    this.#scroller.focus();
  }

  /** Chooses the row `step` rows on, passing over gaps. */
  move(step) {
    const { view, address } = this.board;
    const { rows } = view;
    if (rows.size === 0) return;
    const chosen = rows.find(address.message ?? address.event ?? '');
    const last = rows.first + Math.min(this.#shown.to, rows.size) - 1;
    let next = chosen < 0 ? last : chosen + step;
    while (next > rows.first && next < rows.end - 1 && rows.kindAt(next) === GAP) next += Math.sign(step);
    next = Math.max(rows.first, Math.min(next, rows.end - 1));
    if (rows.kindAt(next) === GAP) return;
    view.follow(false);
    this.#choose(rows.at(next));
  }

  #choose(row) {
    if (row.kind === GAP) return;
    this.board.address.set(row.kind === EVENT ? { event: row.id, message: null } : { message: row.id, event: null });
  }

  #reveal() {
    const { view, address } = this.board;
    if (view.following) return;
    const sequence = view.rows.find(address.message ?? address.event ?? '');
    if (sequence < 0) return;
    this.#viewport.reveal(sequence - view.rows.first);
    this.#scrolledTo = this.#scroller.scrollTop;
    this.requestUpdate();
  }

  #clicked({ target }) {
    const row = target.closest('[data-sequence]');
    if (row) this.#choose(this.board.view.rows.at(Number(row.dataset.sequence)));
  }

  #wheel = { handleEvent: ({ deltaY }) => { if (deltaY < 0) this.board.view.follow(false); }, passive: true };

  /** Only an upward scroll ends Follow: as rows arrive, not being at the bottom would end it by itself. */
  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const { view } = this.board;
    if (view.following && scrollTop < this.#scrolledTo - 1) view.follow(false);
    else if (!view.following && scrollTop > this.#scrolledTo && scrollTop + clientHeight >= scrollHeight - 2) view.follow(true);
    this.#scrolledTo = scrollTop;
    if (!view.following) this.requestUpdate();
  }

  #scrollTo(top) {
    const scroller = this.#scroller;
    if (Math.abs(scroller.scrollTop - top) >= 1) scroller.scrollTop = top;
    this.#scrolledTo = scroller.scrollTop;
  }

  #paintSoon() {
    if (!this.#frame) this.#frame = requestAnimationFrame(now => this.#paint(now));
  }

  #paint(now) {
    this.#frame = 0;
    if (now - this.#paintedAt < BETWEEN_PAINTS) return this.#paintSoon();
    this.#paintedAt = now;
    this.requestUpdate();
    this.updateComplete.then(() => this.board.view.drawn());
  }
}

customElements.define('sb-table', LiveTable);
