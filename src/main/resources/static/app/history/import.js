import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { withQuery } from '../page/http.js';
import { FRAMINGS } from '../framing/framing.js';
import { counted, moment, sentence, size } from '../page/display.js';
import { nameFrom } from './words.js';
import { justAfter } from './timeline.js';
import { upload } from './upload.js';

/** What a framing may need to know beside its type, and what is taken if nothing is said. */
const DETAILS = {
  delimiter: { label: 'The delimiter, in escaped form', value: '\\r\\n' },
  bytes: { label: 'Bytes of the length: 1, 2 or 4', value: '2' },
  size: { label: 'Bytes of each frame', value: '16' },
};

/** Takes in a capture: what it shall be called, how far it is, and what came of it with all reservations. */
class Import extends Part {
  static properties = { file: { state: true }, name: { state: true }, framing: { state: true }, detail: { state: true }, sent: { state: true }, problem: { state: true }, done: { state: true } };

  #asking = null;

  constructor() {
    super();
    this.#reset();
  }

  async open(file) {
    if (this.#asking) return;
    this.#reset();
    Object.assign(this, { file, name: nameFrom(file.name) });
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

  #reset() {
    Object.assign(this, { file: null, name: '', framing: FRAMINGS[0], detail: '', sent: null, problem: null, done: null });
  }

  #questions() {
    const { field } = this.framing;
    return html`
      ${this.#field('name', 'Kept under the endpoint name', 'Small letters, digits and hyphens. What comes in can be searched and exported, not talked to.', wrong => html`
        <input id="import-name" class="mono" .value=${this.name} spellcheck="false" autocapitalize="none" aria-invalid=${wrong} aria-describedby="import-name-note"
               @input=${({ target }) => { this.name = target.value.trim(); }}>`)}
      ${this.#field('framing', 'How TCP streams of a capture are cut into frames', '', wrong => html`
        <select id="import-framing" aria-invalid=${wrong} aria-describedby="import-framing-note" @change=${({ target }) => this.#reframe(FRAMINGS[target.selectedIndex])}>
          ${FRAMINGS.map(framing => html`<option .selected=${this.framing === framing}>${framing.label}</option>`)}
        </select>`)}
      ${field ? this.#field(field, DETAILS[field].label, '', wrong => html`
        <input id="import-${field}" class="mono" .value=${this.detail} spellcheck="false" autocapitalize="none" aria-invalid=${wrong} aria-describedby="import-${field}-note"
               @input=${({ target }) => { this.detail = target.value.trim(); }}>`) : nothing}
      ${this.problem && !this.problem.fields.size ? html`<p class="error" role="alert">${sentence(this.problem.message)}</p>` : nothing}`;
  }

  #field(field, label, hint, control) {
    const error = this.problem?.fields.get(field);
    return html`
      <div class="field">
        <label for="import-${field}">${label}</label>
        ${control(Boolean(error))}
        <span id="import-${field}-note" class=${error ? 'error' : 'hint'} role=${error ? 'alert' : nothing}>${error ? sentence(error) : hint}</span>
      </div>`;
  }

  #reframe(framing) {
    this.framing = framing;
    this.detail = framing.field ? DETAILS[framing.field].value : '';
  }

  #progress() {
    const all = this.sent >= this.file.size;
    return html`
      <progress aria-label="Upload" max=${this.file.size || 1} .value=${this.sent}></progress>
      <p class="tabular" role="status">${all ? 'Reading the capture…' : `${size(this.sent)} of ${size(this.file.size)} sent`}</p>`;
  }

  #outcome() {
    const { endpoints, format, frames, bytes, connections, from, to, warnings } = this.done;
    return html`
      <p role="status">${counted(frames, 'frame')} with ${size(bytes)} on ${counted(connections, 'connection')} of this ${format}${from && to ? `, from ${moment(from)} to ${moment(to)}` : ''}, under ${endpoints.length > 3 ? `${endpoints.length} names` : endpoints.join(', ')}.</p>
      ${warnings.length ? html`<ul class="warnings" aria-label="What is not as it was">${warnings.map(words => html`<li class="caution">${sentence(words)}</li>`)}</ul>` : nothing}`;
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
      this.done = await upload(withQuery('/api/messages/import', this.#wanted()), this.file, {
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

  #wanted() {
    const { type, field } = this.framing;
    return { name: this.name, framing: type === 'raw' ? null : type, ...(field ? { [field]: this.detail } : {}) };
  }

  /** The page shows what came in, whatever it showed before: by its name, or where there are several, by its time. */
  #show() {
    const { board, done: { endpoints, from, to } } = this;
    board.recording.refresh();
    const nothingElse = Object.fromEntries([...Object.keys(board.filter), 'from', 'to', 'message'].map(key => [key, null]));
    const [endpoint] = endpoints;
    board.address.set({ ...nothingElse, ...(endpoints.length === 1 ? { endpoint } : from && { from, to: justAfter(to) }) });
    board.look();
  }
}

customElements.define('sb-import', Import);
