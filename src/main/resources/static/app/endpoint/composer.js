import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { Part } from '../page/part.js';
import { icon } from '../page/icons.js';
import { call, withQuery, Problem } from '../page/http.js';
import { counted } from '../page/display.js';
import { draftOf } from '../framing/bytes.js';
import { ENCODINGS, encoded, rewritten } from './encoding.js';
import { bytePreview, endsOfFile } from './preview.js';
import { pathOf, bodyOf, optionsOf, patience, LINE_ENDS } from './sending.js';
import { curlOf, ncOf, placeOf } from './shell.js';
import { nothingYet, outcomeView, withAnswer } from './outcome.js';
import { firstOf, hintOf, isGone, targetChoice } from './target.js';
import { pasted } from './pasted.js';
import { sendButton } from './send-button.js';
import { series } from './series.js';
import { Sent } from './sent.js';
import './sent-list.js';
import '../page/copy.js';
import { home } from '../page/root.js';

const PLACEHOLDERS = { text: 'What to send', escaped: 'PING\\r\\n', hex: '50 49 4e 47 0d 0a, or paste a hex dump' };

/** Sends to the chosen endpoint or connection, and shows beforehand the very bytes that will go out. */
class Composer extends Part {
  static properties = {
    target: { state: true }, draft: { state: true }, outcome: { state: true }, running: { state: true }, notice: { state: true }, dropping: { state: true },
  };

  #sent = new Sent();
  /** Which of what was sent stands in the field, while nothing else was typed; -1 for none. */
  #recalled = -1;
  /** What is to be said of a paste once its text has come in. */
  #toSay = null;

  constructor() {
    super();
    this.draft = { payload: 'PING', encoding: 'text', lineEnd: 'lf', file: null, to: '', awaitReply: false, wait: '2s', repeat: 1, interval: '100ms' };
    this.target = { endpoint: null, connection: null };
  }

  connectedCallback() {
    super.connectedCallback();
    this.redrawOn(this.board.endpoints, 'change');
    this.on(this.board.address, 'change', ({ detail }) => { if (detail.has('endpoint') || detail.has('connection')) this.#aim(); });
    this.on(this, 'dragenter dragover', event => this.#over(event));
    this.on(this, 'dragleave', ({ relatedTarget }) => { if (!this.contains(relatedTarget)) this.dropping = false; });
    this.on(this, 'drop', event => this.#dropped(event));
    this.#aim();
  }

  render() {
    const { target, draft } = this;
    const endpoint = this.#endpoint();
    const connection = this.board.endpoints.connection(target.connection);
    const payload = encoded(draft, endpoint?.framing);
    const gone = isGone(this.board.endpoints, target);
    const hint = hintOf(this.board.endpoints, target, connection);
    return html`
      <form class=${this.dropping ? 'dropping' : ''} @submit=${this.#send} @keydown=${this.#keyed} novalidate autocomplete="off">
        <div class="line">
          <label class="to"><span>Send to</span>${targetChoice(this.board.endpoints, endpoint, target, chosen => { this.target = chosen; this.outcome = null; })}</label>
          <div class="choices" role="group" aria-label="Written as">
            ${Object.entries(ENCODINGS).map(([encoding, label]) => html`
              <button type="button" aria-pressed=${draft.encoding === encoding} @click=${async () => this.#set(await rewritten(draft, encoding))}>${label}</button>`)}
          </div>
          ${draft.encoding === 'text' ? html`
            <select class="line-end" aria-label="Lines end with" title="What the line breaks in the text become" @change=${({ target: { value } }) => this.#set({ lineEnd: value })}>
              ${Object.entries(LINE_ENDS).map(([name, { label }]) => html`<option value=${name} .selected=${live(name === draft.lineEnd)}>${label}</option>`)}
            </select>` : nothing}
        </div>
        ${draft.encoding === 'file' ? this.#fileField() : html`
          <textarea class="mono" aria-label="Payload" spellcheck="false" autocapitalize="none" placeholder=${PLACEHOLDERS[draft.encoding]}
                    aria-invalid=${Boolean(payload.error)} aria-describedby="composer-preview" .value=${live(draft.payload)}
                    @input=${this.#typed} @paste=${this.#pasted}></textarea>`}
        <div class="notice" role="status">${this.#notice()}</div>
        <div id="composer-preview">${payload.error ? html`<p class="error">${payload.error}</p>` : payload.ends ? bytePreview(payload.ends, payload.frame) : nothing}</div>
        <div class="line options">
          ${endpoint?.type === 'udp' && !target.connection ? this.#option('to', html`
            <label>Destination <input class="mono wide" .value=${live(draft.to)} placeholder=${endpoint.remote ?? 'host:port'} spellcheck="false"
                   aria-invalid=${this.#wrong('to')} @input=${({ target: { value } }) => this.#set({ to: value.trim() })}></label>`) : nothing}
          ${this.#option('awaitReply', html`
            <label class="check"><input type="checkbox" .checked=${live(draft.awaitReply)} @change=${({ target: { checked } }) => this.#set({ awaitReply: checked })}>Wait for the reply</label>
            ${draft.awaitReply ? html`<input class="mono narrow" aria-label="How long to wait" .value=${live(draft.wait)} aria-invalid=${this.#wrong('awaitReply')} @input=${({ target: { value } }) => this.#set({ wait: value.trim() })}>` : nothing}`)}
          ${this.#option('repeat', html`
            <label>Times <input class="mono number" type="number" min="1" max="1000000" .value=${live(String(draft.repeat))} aria-invalid=${this.#wrong('repeat')}
                   @change=${({ target: { value } }) => this.#set({ repeat: Math.max(1, Math.min(1_000_000, Math.floor(Number(value)) || 1)) })}></label>`)}
          ${draft.repeat > 1 ? this.#option('interval', html`
            <label>every <input class="mono narrow" .value=${live(draft.interval)} aria-invalid=${this.#wrong('interval')} @input=${({ target: { value } }) => this.#set({ interval: value.trim() })}></label>`) : nothing}
          <div class="acts">
            <button type="button" class="icon-button" title="Sent before  ( ↑ in an empty field )" @click=${() => this.querySelector('sb-sent').open()}>${icon('recent')}<span class="visually-hidden">Sent before</span></button>
            ${this.#copies(endpoint, connection, payload)}
            ${sendButton(this.running, endpoint && payload.ends && !gone)}
          </div>
        </div>
        <div class="outcome" role="status">${this.outcome ? outcomeView(this.outcome, message => this.board.address.set({ message, event: null })) : nothing}${hint && (gone || !this.outcome) ? html`<span class="quiet">${hint}</span>` : nothing}</div>
      </form>
      <sb-sent .sent=${this.#sent} @take=${({ detail }) => this.#takeSent(detail)}></sb-sent>`;
  }

  /** Takes bytes as the draft, aimed at where they belong. */
  take(bytes, { endpoint, connection }) {
    const { encoding, text } = draftOf(bytes);
    this.outcome = this.notice = null;
    this.draft = { ...this.draft, payload: text, encoding };
    this.#aimAt(endpoint, connection);
    this.focusPayload();
  }

  async focusPayload() {
    await this.updateComplete;
    this.querySelector('textarea, .file button')?.focus();
  }

  #fileField() {
    const { file } = this.draft;
    return html`
      <div class="file">
        <input type="file" hidden aria-label="File to send" @change=${({ target }) => { if (target.files[0]) this.#takeFile(target.files[0]); target.value = ''; }}>
        <p>${file ? html`<b class="mono">${file.name}</b> <span class="quiet">${counted(file.length, 'byte')}</span>` : 'Drop a file here, or choose one. It is sent byte for byte.'}</p>
        <button type="button" class="button" @click=${() => this.querySelector('.file input').click()}>${icon('upload')}${file ? 'Choose another' : 'Choose a file'}</button>
      </div>`;
  }

  #copies(endpoint, connection, { ends, bytes, frame }) {
    if (!endpoint || !ends) return nothing;
    const curl = curlOf(home, this.target, this.#effective(endpoint));
    const place = placeOf(endpoint, connection, this.draft.to);
    const nc = ncOf(place, { bytes, file: this.draft.encoding === 'file' ? this.draft.file : null, frame });
    const what = endpoint.type === 'tcp-server' ? `The same bytes into ${endpoint.name}, as a peer would send them` : 'The same bytes to the same peer, without Switchboard';
    return html`
      ${curl ? html`<sb-copy .text=${curl} .label=${'Copy as curl'} .hint=${'The same send over the API'}></sb-copy>` : nothing}
      ${nc ? html`<sb-copy .text=${nc} .label=${'Copy as nc'} .hint=${what}></sb-copy>` : nothing}`;
  }

  #notice() {
    const { notice } = this;
    if (!notice) return nothing;
    const act = (words, next) => html`<button type="button" class="link-button" @click=${next}>${words}</button>`;
    return html`${notice.words}
      ${notice.undo ? act('Undo', () => { this.draft = notice.undo; this.notice = null; this.focusPayload(); }) : nothing}
      ${notice.offer ? act('Take it as bytes', () => { this.#become(notice.offer); this.focusPayload(); }) : nothing}`;
  }

  /** The draft without what is not asked for where it goes: only a datagram has a destination. */
  #effective(endpoint) {
    return endpoint?.type === 'udp' && !this.target.connection ? this.draft : { ...this.draft, to: '' };
  }

  #option(field, control) {
    const error = this.outcome?.problem?.fields.get(field);
    return html`<span class="option">${control}${error ? html`<span class="error">${error}</span>` : nothing}</span>`;
  }

  #wrong(field) {
    return Boolean(this.outcome?.problem?.fields.has(field));
  }

  #endpoint() {
    const { endpoints } = this.board;
    const found = endpoints.find(this.target.endpoint);
    // Never from one that is gone to another: who writes to one peer must not send to the next.
    if (found || this.target.endpoint || endpoints.items.length === 0) return found;
    const first = firstOf(endpoints);
    this.target = { endpoint: first.name, connection: null };
    return first;
  }

  #aim() {
    const { endpoint, connection } = this.board.address;
    if (!endpoint) return;
    this.target = { endpoint, connection };
    this.outcome = null;
  }

  #aimAt(endpoint, connection) {
    const known = this.board.endpoints.connection(connection);
    this.target = { endpoint, connection: known && known.state !== 'closed' ? connection : null };
  }

  #set(values) {
    this.draft = { ...this.draft, ...values };
    this.notice = null;
    this.#recalled = -1;
    if (this.outcome?.problem) this.outcome = null;
  }

  #become({ draft, words, undo }) {
    this.#set(draft);
    this.notice = { words, undo };
  }

  #typed({ target: { value } }) {
    this.#set({ payload: value });
    this.notice = this.#toSay;
    this.#toSay = null;
  }

  #pasted(event) {
    const [file] = event.clipboardData.files;
    if (file) {
      event.preventDefault();
      this.#takeFile(file);
      return;
    }
    const { selectionStart, selectionEnd } = event.target;
    const found = pasted(event.clipboardData.getData('text/plain'), this.draft, selectionStart, selectionEnd);
    if (!found) return;
    if (found.draft) {
      event.preventDefault();
      this.#become(found);
    } else {
      this.#toSay = found;
    }
  }

  async #takeFile(blob) {
    try {
      const ends = await endsOfFile(blob);
      this.#set({ encoding: 'file', file: { ...ends, blob, name: blob.name } });
    } catch {
      this.notice = { words: `${blob.name} can’t be read.` };
    }
  }

  #takeSent({ endpoint, connection, at: _, ...draft }) {
    this.#set({ ...draft });
    this.outcome = null;
    if (this.board.endpoints.find(endpoint)) this.#aimAt(endpoint, connection);
    this.focusPayload();
  }

  #over(event) {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    this.dropping = true;
  }

  #dropped(event) {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    this.dropping = false;
    const [file] = event.dataTransfer.files;
    if (file) this.#takeFile(file);
  }

  #keyed(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.querySelector('form').requestSubmit();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      this.board.focusRows();
    } else if (event.target.matches('textarea') && (event.key === 'ArrowUp' || event.key === 'ArrowDown') && (this.draft.payload === '' || this.#recalled >= 0)) {
      this.#recall(event);
    }
  }

  /** As in a shell: up to what was sent before, down again to nothing. */
  #recall(event) {
    const next = this.#recalled + (event.key === 'ArrowUp' ? 1 : -1);
    const item = this.#sent.items[next];
    if (!item && next !== -1) return;
    event.preventDefault();
    this.#set(item ? { payload: item.payload, encoding: item.encoding, lineEnd: item.lineEnd } : { payload: '' });
    this.#recalled = next;
  }

  async #send(event) {
    event.preventDefault();
    const { target } = this;
    const draft = this.#effective(this.#endpoint());
    // Ctrl+Enter comes here also where the button can't be pressed.
    if (this.running || this.querySelector('.send').disabled) return;
    const stop = new AbortController();
    this.running = stop;
    this.outcome = nothingYet(draft.repeat);
    this.#sent.remember(draft, target);
    try {
      const told = (answer, times) => { this.outcome = withAnswer(this.outcome, answer, times); };
      await series(draft, one => this.#request(target, one, stop.signal), { signal: stop.signal, told });
      this.outcome = { ...this.outcome, done: true, stopped: stop.signal.aborted };
    } catch (problem) {
      if (problem.name !== 'AbortError' && !problem.fields) throw problem;
      this.outcome = { ...this.outcome, done: true, ...(problem.fields ? { problem } : { stopped: true }) };
    } finally {
      this.running = null;
    }
  }

  async #request(target, draft, signal) {
    // Only a wait for a reply is worth breaking off: else the answer comes at once, and says what was sent.
    const options = { timeout: patience(draft), ...(draft.awaitReply ? { signal } : {}) };
    if (draft.encoding !== 'file') return call('POST', pathOf(target), { ...options, json: bodyOf(draft) });
    await draft.file.blob.slice(0, 1).arrayBuffer().catch(() => { throw new Problem(0, { detail: `${draft.file.name} has changed or is gone: choose it again.` }); });
    return call('POST', withQuery(pathOf(target), optionsOf(draft)), { ...options, bytes: draft.file.blob });
  }
}

customElements.define('sb-composer', Composer);
