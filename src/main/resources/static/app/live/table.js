import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { Viewport } from '../page/viewport.js';
import { EVENT, GAP, MESSAGE } from './rows.js';
import { describe, marked, wantedIn } from './row.js';
import './chosen-bar.js';

const BETWEEN_PAINTS = 45;
/** What of the address says where one looks and not which rows there are. */
const PLACES = new Set(['message', 'event', 'tab']);

/**
 * The table of messages, on every page that has one: a grid that is itself the focusable scroller and holds only the
 * rows in view. Repainted at most twenty times a second, from an animation frame, after which the view is told so.
 */
class Table extends Part {
  #viewport;
  #frame = 0;
  #paintedAt = 0;
  /** Where we put the scroller ourselves, so that a person's scrolling can be told from it. */
  #scrolledTo = 0;
  #first = 0;
  #shown = { from: 0, to: 0 };
  #dated = false;
  /** The row under the pointer when it was pressed: rows may move on before it is let go. */
  #aim = null;

  connectedCallback() {
    super.connectedCallback();
    this.on(this.board.view, 'rows', () => this.#paintSoon());
    this.redrawOn(this.board.view, 'status');
    this.redrawOn(this.board.address, 'change');
    this.redrawOn(this.board.endpoints, 'change');
    this.redrawOn(this.board.chosen, 'change');
    this.#chooseActive();
    this.on(this.board.address, 'change', ({ detail }) => {
      if (![...detail].every(key => PLACES.has(key))) this.#chooseActive(true);
      if (detail.has('message') || detail.has('event')) {
        this.#chooseActive();
        this.#reveal();
      }
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#viewport?.release();
    cancelAnimationFrame(this.#frame);
  }

  firstUpdated() {
    this.#viewport = new Viewport(this.#scroller, () => this.#resized());
    this.#paintSoon();
  }

  get #scroller() {
    return this.querySelector('[role=grid]');
  }

  /** Rows gone or come at the top would move the others away under the reader's eyes, so the scroller moves with them. */
  willUpdate() {
    const { rows, following } = this.board.view;
    const moved = rows.first - this.#first;
    this.#first = rows.first;
    if (!this.#viewport || following || moved === 0) return;
    this.#viewport.stretch(this.querySelector('.sizer'), rows.size);
    this.#scrollTo(this.#scroller.scrollTop - moved * this.#viewport.rowHeight);
  }

  render() {
    const { view, address } = this.board;
    const { rows } = view;
    const wanted = wantedIn(address);
    this.#dated = view.dated;
    const range = this.#viewport ? view.following ? this.#viewport.tail(rows.size) : this.#viewport.range(rows.size) : { from: 0, to: 0 };
    this.#shown = range;
    const chosen = address.message ?? address.event;
    const visible = Array.from({ length: range.to - range.from }, (_, i) => rows.at(rows.first + range.from + i));
    return html`
      <div class="head" role="presentation" aria-hidden="true">
        <span>Time</span><span>Connection</span><span>Dir</span><span class="number">Len</span><span>Preview</span>
      </div>
      <div role="grid" tabindex="0" aria-label=${view.label} aria-rowcount=${rows.size} aria-colcount="5" aria-multiselectable="true"
           aria-activedescendant=${visible.some(row => row.id === chosen && row.kind !== GAP) ? 'chosen-row' : nothing}
           class=${view.state === 'open' ? '' : 'stale'}
           @scroll=${this.#scrolled} @wheel=${this.#wheel} @pointerdown=${this.#aimed} @mousedown=${this.#held} @click=${this.#clicked} @keydown=${this.#keyed}>
        <div class="sizer" role="presentation">
          <div class="window" role="rowgroup">${visible.map(row => this.#row(row, row.id === chosen && row.kind !== GAP, address, wanted))}</div>
        </div>
      </div>
      <sb-chosen .board=${this.board}></sb-chosen>
      ${rows.messages === 0 ? html`<div class="empty ${rows.size === 0 ? '' : 'below'}">${this.board.emptiness()}</div>` : nothing}
      ${view.following || rows.size === 0 ? nothing : html`
        <button type="button" class="button to-end" @click=${() => this.toEnd()}>${view.endLabel}</button>`}`;
  }

  #row(row, chosen, address, wanted) {
    const { kind, day, time, where, mark, word, length, text, strong } = describe(row, address, this.#dated);
    return html`
      <div role="row" class=${kind} id=${chosen ? 'chosen-row' : nothing} aria-selected=${row.kind !== GAP && this.board.chosen.has(row.id)}
           aria-rowindex=${row.sequence - this.board.view.rows.first + 1} data-sequence=${row.sequence}>
        <span role="gridcell" class="time">${day ? html`<span class="day">${day}</span>` : nothing}${time}</span>
        <span role="gridcell" class="where">${where}</span>
        <span role="gridcell" class="direction"><span aria-hidden="true">${mark}</span> ${word}</span>
        <span role="gridcell" class="number">${length}</span>
        <span role="gridcell" class="preview">${strong ? html`<b>${strong}</b> ` : nothing}${row.kind === MESSAGE ? marked(text, wanted) : text}</span>
      </div>`;
  }

  updated() {
    const { rows, following } = this.board.view;
    if (!this.#viewport) return;
    this.#viewport.place(this.querySelector('.sizer'), this.querySelector('.window'), this.#shown.from, rows.size);
    if (following) this.#scrollTo(rows.size * this.#viewport.rowHeight - this.#viewport.height);
    this.classList.toggle('dated', this.#dated);
    if (this.#shown.to > 0) this.board.view.seen(rows.first + this.#shown.from);
  }

  toEnd() {
    this.board.view.follow(true);
    this.requestUpdate();
  }

  focusRows() {
    this.#scroller.focus();
  }

  /** Chooses the row `step` rows on, passing over gaps; with `extend` all up to it. */
  move(step, extend = false) {
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
    if (extend) this.board.chosen.extend(rows, next);
    else this.board.chosen.only(rows.at(next).id);
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

  #aimed({ target }) {
    const row = target.closest('[data-sequence]');
    this.#aim = row && this.board.view.rows.at(Number(row.dataset.sequence));
  }

  #clicked({ shiftKey, ctrlKey, metaKey }) {
    const row = this.#aim;
    if (!row || row.kind === GAP) return;
    const { chosen, view } = this.board;
    if (shiftKey) chosen.extend(view.rows, row.sequence);
    else if (!ctrlKey && !metaKey) chosen.only(row.id);
    else if (!chosen.toggle(row.id)) return;
    this.#choose(row);
  }

  /** Rows are chosen up to where Shift is held, and not the text between. */
  #held(event) {
    if (!event.shiftKey) return;
    event.preventDefault();
    this.focusRows();
  }

  #keyed(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (event.key === 'a') this.board.chosen.all(this.board.view.rows);
    else if (event.key === 'c' && getSelection().isCollapsed) this.querySelector('sb-chosen').copy('text');
    else return;
    event.preventDefault();
  }

  /** What the inspector shows is chosen, however it came there; with `alone` nothing else. */
  #chooseActive(alone = false) {
    const { chosen, address } = this.board;
    const active = address.message ?? address.event;
    if (alone || active === null || !chosen.has(active)) chosen.only(active);
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

  /** Drawn in the same frame as the new size, so that no row jumps. */
  #resized() {
    this.requestUpdate();
    this.performUpdate();
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

customElements.define('sb-table', Table);
