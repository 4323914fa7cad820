import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { withQuery } from '../page/http.js';
import { counted, moment, size } from '../page/display.js';
import { nameFrom } from './words.js';
import { upload } from './upload.js';

const FRAMINGS = ['raw', 'lf', 'crlf', 'nul', 'stx-etx', 'json'];

/** Takes in a capture: what it shall be called, how far it is, and what came of it with all reservations. */
class Import extends Part {
  static properties = { file: { state: true }, name: { state: true }, framing: { state: true }, sent: { state: true }, problem: { state: true }, done: { state: true } };

  #asking = null;

  async open(file) {
    if (this.#asking) return;
    Object.assign(this, { file, name: nameFrom(file.name), framing: 'raw', sent: null, problem: null, done: null });
    await this.updateComplete;
    const dialog = this.querySelector('dialog');
    if (!dialog.open) dialog.showModal();
  }

  render() {
    return html`
      <dialog aria-labelledby="import-title" @close=${() => this.#asking?.abort()}>
        <form @submit=${this.#submit} novalidate autocomplete="off">
          <header><h2 id="import-title">${this.done ? 'Imported' : 'Import a capture'}</h2></header>
          <div class="body">
            ${this.file ? html`<p><b class="mono file">${this.file.name}</b> <span class="quiet">${size(this.file.size)}</span></p>` : nothing}
            ${this.done ? this.#outcome() : this.sent === null ? this.#questions() : this.#progress()}
          </div>
          <footer>${this.#buttons()}</footer>
        </form>
      </dialog>`;
  }

  #questions() {
    const { fields } = this.problem ?? { fields: new Map() };
    return html`
      <div class="field">
        <label for="import-name">Kept under the endpoint name</label>
        <input id="import-name" class="mono" .value=${this.name ?? ''} spellcheck="false" autocapitalize="none" aria-invalid=${fields.has('name')} aria-describedby="import-name-note"
               @input=${({ target }) => { this.name = target.value.trim(); }}>
        <span id="import-name-note" class=${fields.has('name') ? 'error' : 'hint'}>${fields.get('name') ?? 'Small letters, digits and hyphens. The capture can be searched and re-read, not talked to.'}</span>
      </div>
      <div class="field">
        <label for="import-framing">How to cut its TCP streams into frames</label>
        <select id="import-framing" @change=${({ target }) => { this.framing = target.value; }}>
          ${FRAMINGS.map(framing => html`<option .selected=${this.framing === framing}>${framing}</option>`)}
        </select>
        ${fields.has('framing') ? html`<span class="error">${fields.get('framing')}</span>` : nothing}
      </div>
      ${this.problem ? html`<p class="error" role="alert">${this.problem.message}</p>` : nothing}`;
  }

  #progress() {
    const all = this.sent >= this.file.size;
    return html`
      <progress aria-label="Upload" max=${this.file.size || 1} .value=${this.sent}></progress>
      <p class="tabular" role="status">${all ? 'Reading the capture…' : `${size(this.sent)} of ${size(this.file.size)} sent`}</p>`;
  }

  #outcome() {
    const { frames, bytes, connections, from, to, skippedPackets, lost, warnings } = this.done;
    return html`
      <p role="status">${counted(frames, 'frame')} with ${size(bytes)}${connections === undefined ? '' : ` on ${counted(connections, 'connection')}`}${from && to ? `, from ${moment(from)} to ${moment(to)}` : ''}.</p>
      ${skippedPackets ? html`<p class="caution">${counted(skippedPackets, 'packet')} left out: not TCP or UDP, or not readable.</p>` : nothing}
      ${lost ? html`<p class="caution">${counted(lost, 'byte')} missing: the capture does not have them.</p>` : nothing}
      ${warnings?.length ? html`<ul class="warnings">${warnings.map(words => html`<li class="caution">${words}</li>`)}</ul>` : nothing}`;
  }

  #buttons() {
    const close = words => html`<button type="button" class="button" @click=${() => this.querySelector('dialog').close()}>${words}</button>`;
    if (this.done) return html`<button type="button" class="button primary" autofocus @click=${() => this.querySelector('dialog').close()}>Look at it</button>`;
    return this.sent === null ? html`${close('Cancel')}<button class="button primary">Import</button>` : close('Cancel');
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#asking || this.done) return;
    this.#asking = new AbortController();
    this.problem = null;
    this.sent = 0;
    try {
      this.done = await upload(withQuery('/api/messages/import', { name: this.name, framing: this.framing === 'raw' ? null : this.framing }), this.file, {
        progress: sent => { this.sent = sent; }, signal: this.#asking.signal,
      });
      this.#show();
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        if (!problem.fields) throw problem;
        this.problem = problem;
      }
      this.sent = null;
    } finally {
      this.#asking = null;
    }
  }

  /** The page shows what came in, whatever it showed before. */
  #show() {
    const { board, done } = this;
    const [endpoint] = done.endpoints ?? [done.endpoint ?? this.name];
    board.recording.refresh();
    const filter = Object.fromEntries([...Object.keys(board.filter), 'from', 'to', 'message'].map(key => [key, null]));
    if (board.address.endpoint === endpoint) board.look();
    board.address.set({ ...filter, endpoint: endpoint?.name ?? endpoint });
  }
}

customElements.define('sb-import', Import);
