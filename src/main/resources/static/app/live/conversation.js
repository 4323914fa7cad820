import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { Part } from '../page/part.js';
import { call, payloadOf, withQuery } from '../page/http.js';
import { clock, connectionNumber, count, counted, DIRECTIONS } from '../page/display.js';
import { toBytes } from '../framing/bytes.js';
import { GAP, MESSAGE } from './rows.js';
import { describe } from './row.js';
import { turnsOf, withEvents } from './turns.js';
import { frameView } from './frame-view.js';
import { at } from '../page/root.js';

/** Frames shown at the most. */
const MOST = 5000;
const STEP = 500;
const BETWEEN_PAINTS = 200;
const EVENTS = 200;
/** Bytes of one frame shown at the most, when all of it is asked for. */
const WHOLE = 16_384;
const SHOWS = { text: 'Text', hex: 'Hex', both: 'Both' };

/**
 * One connection on one sheet, for every page that has rows: what came in and what went out in turns, reads of a TCP
 * stream joined and their boundaries marked. It reads the same rows as the table, so it knows no less and no more.
 */
class Conversation extends Part {
  #timer = 0;
  #scrolledTo = 0;
  #events = [];
  #eventsOf = null;
  /** Frames of which more than the preview was asked for, by id. */
  #complete = new Map();

  connectedCallback() {
    super.connectedCallback();
    this.on(this.board.view, 'rows', () => this.#paintSoon());
    this.redrawOn(this.board.view, 'status');
    this.redrawOn(this.board.endpoints, 'change');
    this.redrawOn(this.board.address, 'change');
    this.on(this.board.address, 'change', ({ detail }) => { if (detail.has('message')) this.updateComplete.then(() => this.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' })); });
    this.#paintSoon();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  render() {
    const { view, address } = this.board;
    if (!address.connection) return this.#chooser();
    this.#seekEvents(address.connection);
    const { rows } = view;
    // In steps, so that what is drawn already is seldom cut anew.
    const from = Math.max(rows.first, Math.ceil((rows.end - MOST) / STEP) * STEP);
    const shown = Array.from({ length: rows.end - from }, (_, i) => rows.at(from + i)).filter(({ connection, kind }) => kind === GAP || connection === address.connection);
    const turns = turnsOf(withEvents(shown, this.#events, this.#whole), { datagrams: this.#transport === 'udp' });
    return html`
      <div class="head">
        <div class="choices" role="group" aria-label="Show bytes as">${Object.entries(SHOWS).map(([show, label]) => html`
          <button type="button" aria-pressed=${address.show === show} @click=${() => address.set({ show: show === 'text' ? null : show })}>${label}</button>`)}</div>
        <p>${this.#transport === 'udp' ? 'Each datagram stands alone.' : html`TCP is a stream: <span class="boundary" aria-hidden="true"></span> marks where one ${this.#framed ? 'frame' : 'read or write'} ended and the next began.`}
          ${from > rows.first ? html` The last ${count(MOST)} rows; <a href=${at(withQuery('/history', { endpoint: address.endpoint, connection: address.connection }))}>history</a> has all.` : nothing}
          ${address.direction || address.contains || address.containsHex || address.origin ? html` <b>Filtered:</b> what does not match is left out.` : nothing}</p>
      </div>
      <div class="scroller ${view.state === 'open' ? '' : 'stale'}" tabindex="0" role="region" aria-label="Conversation ${connectionNumber(address.connection)}" @scroll=${this.#scrolled} @click=${this.#clicked}>
        ${repeat(turns, ({ key }) => key, turn => guard([turn.key, turn.frames?.length, address.show, address.message, this.#framed, this.#completeOf(turn)], () => (turn.row ? this.#between(turn.row) : this.#turn(turn))))}
        ${rows.messages === 0 && turns.length === 0 ? html`<div class="empty">${this.board.emptiness()}</div>` : nothing}
      </div>
      ${view.following || rows.size === 0 ? nothing : html`<button type="button" class="button to-end" @click=${() => view.follow(true)}>${view.endLabel}</button>`}`;
  }

  updated() {
    const { view, address } = this.board;
    const scroller = this.querySelector('.scroller');
    if (!scroller) return;
    if (view.following) scroller.scrollTop = scroller.scrollHeight;
    this.#scrolledTo = scroller.scrollTop;
    // Where all there is fits, whoever reads has come to its beginning.
    if (address.connection && scroller.scrollTop < scroller.clientHeight) view.seen(view.rows.first);
  }

  focusRows() {
    this.querySelector('.scroller, .chooser button')?.focus();
  }

  /** Chooses the frame `step` frames on. */
  move(step) {
    const frames = [...this.querySelectorAll('[data-frame]')];
    if (frames.length === 0) return;
    const chosen = frames.findIndex(({ dataset }) => dataset.frame === this.board.address.message);
    const next = frames[Math.min(Math.max(chosen < 0 ? frames.length - 1 : chosen + step, 0), frames.length - 1)];
    this.board.view.follow(false);
    this.board.address.set({ message: next.dataset.frame, event: null });
  }

  /** What there is to choose from: of a conversation there is one connection. */
  #chooser() {
    const { endpoints, address } = this.board;
    const open = endpoints.items.filter(({ name }) => !address.endpoint || name === address.endpoint).flatMap(({ name }) => endpoints.connectionsOf(name)).slice(0, 50);
    const found = this.board.page === 'history' ? connectionsIn(this.board.view.rows) : [];
    const all = [...open, ...found.filter(({ id }) => !open.some(connection => connection.id === id))].slice(0, 50);
    return html`
      <div class="chooser">
        <h2>Whose conversation?</h2>
        <p>${all.length ? 'A conversation is that of one connection. Choose one:' : 'There is no connection to choose from yet. Its conversation appears here once there is one.'}</p>
        <ul>${all.map(({ id, endpoint, remote }) => html`<li><button type="button" class="button" @click=${() => address.set({ endpoint, connection: id })}><span class="mono">${endpoint} ${connectionNumber(id)}</span> ${remote ? html`<span class="quiet mono">${remote}</span>` : nothing}</button></li>`)}</ul>
      </div>`;
  }

  #turn({ direction, at, frames, bytes, goesOn }) {
    const { glyph, word } = DIRECTIONS[direction];
    const { address } = this.board;
    const apart = this.#framed || address.show === 'both';
    return html`
      <article class="turn ${direction} ${goesOn ? 'goes-on' : ''}">
        ${goesOn ? nothing : html`<p class="who"><span class="mark"><span aria-hidden="true">${glyph}</span> ${word}</span> <time class="mono" datetime=${at}>${clock(at)}</time></p>`}
        <div class="said ${apart ? 'apart' : 'joined'}">${frames.map(frame => this.#frame(frame, address))}</div>
        <p class="sum">${frames.length > 1 ? `${counted(frames.length, this.#framed ? 'frame' : direction === 'in' ? 'read' : 'write')}, ` : ''}${counted(bytes, 'byte')}</p>
      </article>`;
  }

  #frame({ id, at, bytes, preview }, address) {
    const whole = this.#complete.get(id);
    const data = whole ?? toBytes(preview, 'escaped');
    const more = bytes - data.length;
    return html`<span class="frame" data-frame=${id} aria-current=${address.message === id} title="${clock(at)}, ${counted(bytes, 'byte')}">${frameView(data, address.show)}${more > 0
      ? html`<button type="button" class="link-button more" data-more=${id}>… ${whole ? `${counted(more, 'more byte')}, in the inspector` : `${counted(more, 'more byte')}`}</button>` : nothing}</span><span class="boundary" aria-hidden="true"></span>`;
  }

  #between(row) {
    const { kind, time, mark, strong, text } = describe(row, { connection: true });
    return html`<p class="between ${kind}"><span aria-hidden="true">${mark}</span> ${time ? html`<time class="mono">${time}</time>` : nothing} ${strong ? html`<b>${strong}</b>` : nothing} ${text}</p>`;
  }

  get #connection() {
    return this.board.endpoints.connection(this.board.address.connection);
  }

  get #transport() {
    return this.#connection?.transport ?? (this.board.endpoints.find(this.board.address.endpoint)?.type === 'udp' ? 'udp' : 'tcp');
  }

  /** Whether frames are cut by a framing; raw, each is a read. */
  get #framed() {
    const framing = this.board.endpoints.find(this.#connection?.endpoint ?? this.board.address.endpoint)?.framing?.type ?? 'raw';
    return this.#transport === 'udp' || framing !== 'raw';
  }

  /** Whether the rows reach back to where the connection began. */
  get #whole() {
    const { view, address } = this.board;
    return view.phase === 'done' && view.rows.size <= MOST && !address.since && !address.from;
  }

  #completeOf({ frames }) {
    return frames && this.#complete.size ? frames.filter(({ id }) => this.#complete.has(id)).length : 0;
  }

  #clicked({ target }) {
    const { more } = target.closest('[data-more]')?.dataset ?? {};
    if (more && !this.#complete.has(more)) {
      this.#fetch(more);
      return;
    }
    const { frame } = target.closest('[data-frame]')?.dataset ?? {};
    if (frame && getSelection().isCollapsed) this.board.address.set({ message: frame, event: null });
  }

  async #fetch(id) {
    const bytes = await payloadOf(id).catch(() => null);
    if (!bytes) return;
    this.#complete.set(id, bytes.subarray(0, WHOLE));
    this.requestUpdate();
  }

  /** Only an upward scroll ends Follow, as in the table. */
  #scrolled({ target }) {
    const { scrollTop, scrollHeight, clientHeight } = target;
    const { view } = this.board;
    if (view.following && scrollTop < this.#scrolledTo - 1) view.follow(false);
    else if (!view.following && scrollTop > this.#scrolledTo && scrollTop + clientHeight >= scrollHeight - 2) view.follow(true);
    this.#scrolledTo = scrollTop;
    if (scrollTop < clientHeight) view.seen(view.rows.first);
  }

  /** The rows of history are messages alone. */
  async #seekEvents(connection) {
    if (this.#eventsOf === connection) return;
    this.#eventsOf = connection;
    this.#events = [];
    this.#complete.clear();
    if (this.board.page !== 'history') return;
    const found = await call('GET', withQuery('/api/events', { connection, limit: EVENTS })).catch(() => null);
    if (!found || this.#eventsOf !== connection) return;
    this.#events = found.items;
    this.requestUpdate();
  }

  #paintSoon() {
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      this.requestUpdate();
      this.updateComplete.then(() => requestAnimationFrame(() => this.board.view.drawn()));
    }, BETWEEN_PAINTS);
  }
}

/** The connections that the rows are of, the newest first. */
function connectionsIn(rows) {
  const found = new Map();
  for (let i = rows.end - 1; i >= rows.first; i--) {
    const { kind, connection, endpoint } = rows.at(i);
    if (kind === MESSAGE && connection && !found.has(connection)) found.set(connection, { id: connection, endpoint });
  }
  return [...found.values()];
}

customElements.define('sb-conversation', Conversation);
