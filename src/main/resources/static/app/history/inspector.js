import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { Part } from '../page/part.js';
import { icon } from '../page/icons.js';
import { call, payloadOf, payloadUrl } from '../page/http.js';
import { connectionNumber, count, counted, clock, shortId, DIRECTIONS } from '../page/display.js';
import { EVENT } from '../live/rows.js';
import { jsonView } from './json.js';
import { storedCharset, textView } from './text.js';
import './hexdump.js';
import '../page/copy.js';
import { at, home } from '../page/root.js';

const TABS = { hex: 'Hex', text: 'Text', json: 'JSON', meta: 'Meta' };

/** The bytes and the particulars of the chosen message, fetched when it is chosen; or the particulars of an event. */
class Inspector extends Part {
  static properties = { message: { state: true }, event: { state: true }, payload: { state: true }, charset: { state: true }, trouble: { state: true } };

  #asking = new AbortController();
  /** Whether the focus was on what a redraw is about to replace. */
  #keepFocus = false;

  connectedCallback() {
    super.connectedCallback();
    this.charset = storedCharset();
    this.redrawOn(this.board.address, 'change');
    this.on(this.board.address, 'change', ({ detail }) => {
      if (detail.has('tab')) this.#keepFocus = this.querySelector('.body')?.contains(document.activeElement);
      if (detail.has('message') || detail.has('event')) this.#load();
    });
    this.#load();
  }

  render() {
    const { address } = this.board;
    if (this.trouble) return html`<div class="nothing"><p>${this.trouble}</p></div>`;
    if (this.event) return html`<div class="title">${this.#eventTitle()}</div><div class="body" tabindex="0" role="region" aria-label="Event">${this.#eventMeta()}</div>`;
    if (!this.message) {
      return html`<div class="nothing"><p>${address.message || address.event ? 'Fetching…' : html`Choose a row to see its bytes. <span class="keys"><kbd>j</kbd> <kbd>k</kbd> move<span data-acts>, <kbd>r</kbd> takes it as a draft</span>.</span>`}</p></div>`;
    }
    return html`
      <div class="title">
        <div class="choices" role="tablist" aria-label="View of the message" @keydown=${this.#turned}>
          ${Object.entries(TABS).map(([tab, label]) => html`
            <button type="button" role="tab" id="tab-${tab}" aria-controls="tab-panel" aria-selected=${address.tab === tab}
                    tabindex=${address.tab === tab ? 0 : -1} @click=${() => address.set({ tab })}>${label}</button>`)}
        </div>
        ${this.#messageTitle()}
        <span class="spring"></span>
        <button type="button" class="icon-button" data-acts title="Take as a draft  ( r )" @click=${() => this.resend()}>${icon('edit')}<span class="visually-hidden">Take as a draft</span></button>
        <a class="icon-button" title="Download the payload" href=${at(payloadUrl(this.message.id))} download="message-${this.message.id}.bin">${icon('download')}<span class="visually-hidden">Download the payload</span></a>
      </div>
      <div class="body" id="tab-panel" role="tabpanel" aria-labelledby="tab-${address.tab}" tabindex=${address.tab === 'hex' ? nothing : 0}>${this.#tab(address.tab)}</div>`;
  }

  updated() {
    if (this.#keepFocus) this.focusBody();
    this.#keepFocus = false;
  }

  /** Takes the chosen message as a draft of the composer. */
  resend() {
    if (this.payload) this.board.take(this.payload, this.message);
  }

  focusBody() {
    (this.querySelector('sb-hexdump [tabindex]') ?? this.querySelector('.body'))?.focus();
  }

  #tab(tab) {
    if (tab === 'meta') return this.#meta();
    if (!this.payload) return html`<p class="quiet">Fetching…</p>`;
    if (this.payload.length === 0) return html`<p class="quiet">No bytes: an empty ${this.message.transport === 'udp' ? 'datagram' : 'frame'}.</p>`;
    switch (tab) {
      case 'text': return textView(this.payload, this.charset, charset => { this.charset = charset; });
      case 'json': return guard([this.payload], () => jsonView(this.payload));
      default: return html`<sb-hexdump .bytes=${this.payload}></sb-hexdump>`;
    }
  }

  #messageTitle() {
    const { id, direction, endpoint, connection, bytes, complete } = this.message;
    const { glyph, word } = DIRECTIONS[direction];
    return html`
      <span class="what mono"><span class="direction ${direction}"><span aria-hidden="true">${glyph}</span> ${word}</span>
        <span>${endpoint} ${connectionNumber(connection)}</span> <span class="quiet" title=${id}>${shortId(id)}</span></span>
      <span class="quiet tabular">${counted(bytes, 'byte')}</span>
      ${complete === false ? html`<span class="incomplete" title="The connection ended in the middle of this frame">incomplete</span>` : nothing}`;
  }

  #meta() {
    const { id, at, endpoint, connection, transport, direction, origin, local, remote, bytes, wireBytes, complete } = this.message;
    return html`
      <dl>
        ${term('Id', html`<span class="mono">${id}</span>`)}
        ${term('Time', html`<span class="mono">${clock(at)}</span> <span class="quiet mono">${at}</span>`)}
        ${term('Endpoint', html`<span class="mono">${endpoint}</span>`)}
        ${term('Connection', html`<span class="mono">${connectionNumber(connection)}</span> <span class="quiet mono">${connection}</span>`)}
        ${term('Direction', direction === 'in' ? 'in: the peer sent it' : 'out: Switchboard sent it')}
        ${term('Origin', origin)}
        ${term('Local', html`<span class="mono">${local}</span>`)}
        ${term('Remote', html`<span class="mono">${remote}</span>`)}
        ${term('Transport', transport.toUpperCase())}
        ${term('Payload', counted(bytes, 'byte'))}
        ${wireBytes === undefined ? nothing : term('On the wire', html`${counted(wireBytes, 'byte')}${wireBytes > bytes ? html` <span class="quiet">${count(wireBytes - bytes)} of them framing</span>` : nothing}`)}
        ${complete === false ? term('Complete', 'no: the connection ended in the middle of this frame') : nothing}
      </dl>
      <div class="actions">
        <button type="button" class="button small" @click=${() => this.board.address.set({ endpoint, connection })}>Show only this connection</button>
        <sb-copy .text=${location.href} .label=${'Copy link'}></sb-copy>
        <sb-copy .text=${`curl ${home}${payloadUrl(id)} -o message.bin`} .label=${'Copy as curl'}></sb-copy>
      </div>`;
  }

  #eventTitle() {
    const { type, endpoint, connection } = this.event;
    return html`<span class="what mono"><b>${type}</b> <span>${endpoint} ${connectionNumber(connection)}</span></span>`;
  }

  #eventMeta() {
    const { id, at, endpoint, connection, type, call: socketCall, detail } = this.event;
    return html`
      <dl>
        ${term('Event', type)}
        ${term('Detail', html`<span class="mono">${detail}</span>`)}
        ${socketCall ? term('Socket call', html`<span class="mono">${socketCall}()</span>`) : nothing}
        ${term('Time', html`<span class="mono">${clock(at)}</span> <span class="quiet mono">${at}</span>`)}
        ${term('Endpoint', html`<span class="mono">${endpoint}</span>`)}
        ${connection ? term('Connection', html`<span class="mono">${connectionNumber(connection)}</span> <span class="quiet mono">${connection}</span>`) : nothing}
        ${term('Id', html`<span class="mono">${id}</span>`)}
      </dl>`;
  }

  /** The arrow keys turn the tabs, as in any tab list. */
  #turned(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const tabs = Object.keys(TABS);
    const next = tabs[(tabs.indexOf(this.board.address.tab) + step + tabs.length) % tabs.length];
    this.board.address.set({ tab: next });
    this.querySelector(`#tab-${next}`).focus();
  }

  async #load() {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const { message, event } = this.board.address;
    this.trouble = null;
    try {
      if (message) await this.#loadMessage(message, signal);
      else this.message = this.payload = null;
      this.event = event && !signal.aborted ? await this.#eventOf(event) : null;
    } catch (problem) {
      if (signal.aborted || problem.name === 'AbortError') return;
      this.message = this.payload = this.event = null;
      this.trouble = problem.status === 404 ? 'This message is no longer in history.' : problem.message;
    }
  }

  /** The old message stays in view until the new one is there: moving along the rows does not flicker. */
  async #loadMessage(id, signal) {
    const [message, payload] = await Promise.all([call('GET', `/api/messages/${encodeURIComponent(id)}`), payloadOf(id, signal)]);
    if (signal.aborted) return;
    this.message = message;
    this.payload = payload;
  }

  async #eventOf(id) {
    const { rows } = this.board.view;
    const sequence = rows.find(id);
    if (sequence >= 0 && rows.kindAt(sequence) === EVENT) return rows.at(sequence).event;
    const { items } = await call('GET', '/api/events?limit=1000');
    const event = items.find(one => one.id === id);
    if (!event) this.trouble = 'This event is no longer among the recent ones.';
    return event ?? null;
  }
}

function term(name, value) {
  return html`<dt>${name}</dt><dd>${value}</dd>`;
}

customElements.define('sb-inspector', Inspector);
