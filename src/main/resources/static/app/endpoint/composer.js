import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { Part } from '../page/part.js';
import { icon } from '../page/icons.js';
import { call } from '../page/http.js';
import { connectionNumber, counted, shortId } from '../page/display.js';
import { toBytes, draftOf, clipEscaped, BadPayload } from '../framing/bytes.js';
import { around } from '../framing/framing.js';
import { bytePreview } from './preview.js';
import { pathOf, bodyOf, patience, curlOf } from './sending.js';
import { isRunning } from './types.js';
import '../page/copy.js';

const ENCODINGS = { text: 'Text', escaped: 'Escaped', hex: 'Hex' };
const PLACEHOLDERS = { text: 'What to send', escaped: 'PING\\r\\n', hex: '50 49 4e 47 0d 0a' };

/** Sends to the chosen endpoint or connection, and shows beforehand the very bytes that will go out. */
class Composer extends Part {
  static properties = { target: { state: true }, draft: { state: true }, outcome: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.draft = { payload: 'PING', encoding: 'text', to: '', awaitReply: false, wait: '2s', repeat: 1, interval: '100ms' };
    this.target = { endpoint: null, connection: null };
  }

  connectedCallback() {
    super.connectedCallback();
    this.redrawOn(this.board.endpoints, 'change');
    this.on(this.board.address, 'change', ({ detail }) => { if (detail.has('endpoint') || detail.has('connection')) this.#aim(); });
    this.#aim();
  }

  render() {
    const { target, draft } = this;
    const endpoint = this.#endpoint();
    const { bytes, frame, error } = this.#encoded(endpoint);
    return html`
      <form @submit=${this.#send} @keydown=${this.#keyed} novalidate autocomplete="off">
        <div class="line">
          <label class="to"><span>Send to</span>${this.#targets(endpoint)}</label>
          <div class="choices" role="group" aria-label="Written as">
            ${Object.entries(ENCODINGS).map(([encoding, label]) => html`
              <button type="button" aria-pressed=${draft.encoding === encoding} @click=${() => this.#reencode(encoding)}>${label}</button>`)}
          </div>
        </div>
        <textarea class="mono" aria-label="Payload" spellcheck="false" autocapitalize="none" placeholder=${PLACEHOLDERS[draft.encoding]}
                  aria-invalid=${Boolean(error)} aria-describedby="composer-preview" .value=${live(draft.payload)}
                  @input=${({ target: { value } }) => this.#set({ payload: value })}></textarea>
        <div id="composer-preview">${error ? html`<p class="error">${error}</p>` : bytePreview(bytes, frame)}</div>
        <div class="line options">
          ${endpoint?.type === 'udp' && !target.connection ? this.#option('to', html`
            <label>Destination <input class="mono wide" .value=${draft.to} placeholder=${endpoint.remote ?? 'host:port'} spellcheck="false"
                   aria-invalid=${this.#wrong('to')} @input=${({ target: { value } }) => this.#set({ to: value.trim() })}></label>`) : nothing}
          ${this.#option('awaitReply', html`
            <label class="check"><input type="checkbox" .checked=${draft.awaitReply} @change=${({ target: { checked } }) => this.#set({ awaitReply: checked })}>Wait for the reply</label>
            ${draft.awaitReply ? html`<input class="mono narrow" aria-label="How long to wait" .value=${draft.wait} aria-invalid=${this.#wrong('awaitReply')} @input=${({ target: { value } }) => this.#set({ wait: value.trim() })}>` : nothing}`)}
          ${this.#option('repeat', html`
            <label>Times <input class="mono number" type="number" min="1" .value=${String(draft.repeat)} aria-invalid=${this.#wrong('repeat')}
                   @input=${({ target: { value } }) => this.#set({ repeat: Number(value) || 1 })}></label>`)}
          ${draft.repeat > 1 ? this.#option('interval', html`
            <label>every <input class="mono narrow" .value=${draft.interval} aria-invalid=${this.#wrong('interval')} @input=${({ target: { value } }) => this.#set({ interval: value.trim() })}></label>`) : nothing}
          <span class="spring"></span>
          ${endpoint ? html`<sb-copy .text=${curlOf(location.origin, pathOf(target), bodyOf(draft))} .label=${'Copy as curl'}></sb-copy>` : nothing}
          <button class="button primary send" ?disabled=${this.busy || !endpoint || Boolean(error)} title="Ctrl or ⌘ with Enter">${icon('send')}${this.busy ? 'Sending…' : 'Send'}</button>
        </div>
        <div class="outcome" role="status">${this.#outcome(endpoint)}</div>
      </form>`;
  }

  /** Takes bytes as the draft, aimed at where they belong. */
  take(bytes, { endpoint, connection }) {
    const { encoding, text } = draftOf(bytes);
    this.outcome = null;
    this.draft = { ...this.draft, payload: text, encoding };
    const known = this.board.endpoints.connection(connection);
    this.target = { endpoint, connection: known && known.state !== 'closed' ? connection : null };
    this.focusPayload();
  }

  async focusPayload() {
    await this.updateComplete;
    this.querySelector('textarea').focus();
  }

  #targets(endpoint) {
    const { endpoints } = this.board;
    const { target } = this;
    const connections = endpoint ? endpoints.connectionsOf(endpoint.name) : [];
    const stray = target.connection && !connections.some(({ id }) => id === target.connection) ? [endpoints.connection(target.connection)].filter(Boolean) : [];
    return html`
      <select class="mono" @change=${({ target: { value } }) => { this.target = JSON.parse(value); this.outcome = null; }} ?disabled=${endpoints.items.length === 0}>
        ${endpoints.items.length === 0 ? html`<option value='{"endpoint":null,"connection":null}'>no endpoint yet</option>` : nothing}
        ${endpoints.items.map(one => html`
          ${this.#choice({ endpoint: one.name, connection: null }, audience(one))}
          ${one.name === endpoint?.name ? [...connections, ...stray].map(({ id, remote, state }) =>
            this.#choice({ endpoint: one.name, connection: id }, `\u2003${connectionNumber(id)} ${remote}${state === 'open' ? '' : ` (${state})`}`)) : nothing}`)}
      </select>`;
  }

  #choice(target, label) {
    const chosen = target.endpoint === this.target.endpoint && target.connection === this.target.connection;
    return html`<option value=${JSON.stringify(target)} .selected=${live(chosen)}>${label}</option>`;
  }

  #option(field, control) {
    const error = this.outcome?.problem?.fields.get(field);
    return html`<span class="option">${control}${error ? html`<span class="error">${error}</span>` : nothing}</span>`;
  }

  #outcome(endpoint) {
    if (!this.outcome) return this.#hint(endpoint);
    const { problem, sent, reply } = this.outcome;
    if (problem) {
      const elsewhere = [...problem.fields].filter(([field]) => !['to', 'awaitReply', 'repeat', 'interval'].includes(field)).map(([, words]) => words);
      return html`<span class="bad">${[problem.message, ...elsewhere].filter((words, i, all) => all.indexOf(words) === i).join(' ')}</span>`;
    }
    const bytes = sent.reduce((sum, one) => sum + one.bytes, 0);
    const peers = new Set(sent.map(({ connection }) => connection)).size;
    return html`
      <span>Sent ${counted(bytes, 'byte')} ${peers > 1 ? `to ${counted(peers, 'connection')}` : ''}${sent.length > peers ? ` in ${counted(sent.length, 'message')}` : ''}
        ${sent.length === 1 ? this.#link(sent[0].messageId) : nothing}</span>
      ${reply ? html`<span>Reply ${this.#link(reply.id)} <code>${clipEscaped(reply.payload, 60)}</code></span>` : nothing}`;
  }

  #link(id) {
    return html`<button type="button" class="link-button mono" @click=${() => this.board.address.set({ message: id, event: null })}>${shortId(id)}</button>`;
  }

  #hint(endpoint) {
    if (!endpoint) return nothing;
    const connection = this.board.endpoints.connection(this.target.connection);
    if (connection?.state === 'closed') return html`<span class="quiet">${connectionNumber(connection.id)} is closed. Choose another.</span>`;
    if (endpoint.type === 'tcp-server' && !connection && endpoint.counters.connectionsOpen === 0) {
      return html`<span class="quiet">No one is connected to ${endpoint.name} yet.</span>`;
    }
    if (endpoint.type === 'tcp-client' && endpoint.state !== 'connected') return html`<span class="quiet">${endpoint.name} is ${endpoint.state}.</span>`;
    return nothing;
  }

  #wrong(field) {
    return Boolean(this.outcome?.problem?.fields.has(field));
  }

  #endpoint() {
    const { endpoints } = this.board;
    const found = endpoints.find(this.target.endpoint);
    if (found || endpoints.items.length === 0) return found;
    // Nothing chosen yet: a client that is connected can be spoken through at once.
    const first = endpoints.items.find(({ type, state }) => type === 'tcp-client' && state === 'connected')
      ?? endpoints.items.find(({ counters }) => counters.connectionsOpen > 0) ?? endpoints.items[0];
    this.target = { endpoint: first.name, connection: null };
    return first;
  }

  #aim() {
    const { endpoint, connection } = this.board.address;
    if (!endpoint) return;
    this.target = { endpoint, connection };
    this.outcome = null;
  }

  #encoded(endpoint) {
    try {
      const bytes = toBytes(this.draft.payload, this.draft.encoding);
      return { bytes, frame: around(bytes, endpoint?.framing) };
    } catch (failure) {
      if (failure instanceof BadPayload) return { error: failure.message };
      throw failure;
    }
  }

  /** Keeps the bytes and writes them another way, as far as that can be done. */
  #reencode(encoding) {
    try {
      const bytes = toBytes(this.draft.payload, this.draft.encoding);
      const payload = encoding === 'text' ? new TextDecoder('utf-8', { fatal: true }).decode(bytes) : draftOf(bytes, encoding).text;
      this.#set({ encoding, payload });
    } catch {
      this.#set({ encoding });
    }
  }

  #set(values) {
    this.draft = { ...this.draft, ...values };
    if (this.outcome?.problem) this.outcome = null;
  }

  #keyed(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.querySelector('form').requestSubmit();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      this.board.focusRows();
    }
  }

  async #send(event) {
    event.preventDefault();
    if (this.busy || !this.target.endpoint) return;
    this.busy = true;
    try {
      const { sent, reply } = await call('POST', pathOf(this.target), { json: bodyOf(this.draft), timeout: patience(this.draft) });
      this.outcome = { sent, reply };
    } catch (problem) {
      if (!problem.fields) throw problem;
      this.outcome = { problem };
    } finally {
      this.busy = false;
    }
  }
}

/** Who gets what is sent to an endpoint. */
function audience({ name, type, state, counters }) {
  if (!isRunning({ state })) return `${name} (${state})`;
  if (type !== 'tcp-server') return name;
  return `${name} (${counters.connectionsOpen > 1 ? 'all ' : ''}${counted(counters.connectionsOpen, 'connection')})`;
}

customElements.define('sb-composer', Composer);
