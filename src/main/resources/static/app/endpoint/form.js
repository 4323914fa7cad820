import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { icon } from '../page/icons.js';
import { sentence } from '../page/display.js';
import { FRAMINGS } from '../framing/framing.js';
import { TYPES } from './types.js';
import { copyOf, definitionOf, draftOf, newDraft } from './draft.js';

/** The dialog that makes an endpoint or changes one: the type first, then only the fields it needs. */
class EndpointForm extends Part {
  static properties = {
    draft: { state: true }, original: { state: true }, model: { state: true }, errors: { state: true }, trouble: { state: true }, busy: { state: true },
  };

  /** Opens empty, on the definition of `endpoint`, or to make another one like it. */
  async open(endpoint = null, copy = false) {
    const { items } = this.board.endpoints;
    this.original = copy ? null : endpoint;
    this.model = copy ? endpoint : null;
    this.draft = copy ? copyOf(endpoint, items) : endpoint ? draftOf(endpoint) : newDraft('tcp-server', items);
    this.errors = new Map();
    this.trouble = null;
    this.busy = false;
    await this.updateComplete;
    this.querySelector('dialog').showModal();
  }

  render() {
    if (!this.draft) return nothing;
    const { type } = this.draft;
    const fields = TYPES[type].fields.filter(field => !(this.original && field === 'name') && !(type === 'tcp-client' && field === 'bind'));
    return html`
      <dialog aria-labelledby="endpoint-form-title" @cancel=${event => { if (this.busy) event.preventDefault(); }}>
        <form novalidate @submit=${this.#submit} autocomplete="off">
          <header>
            <h2 id="endpoint-form-title">${this.original ? html`Change <span class="mono">${this.original.name}</span>` : this.model ? html`Another <span class="mono">${this.model.name}</span>` : 'New endpoint'}</h2>
            <button type="button" class="icon-button" title="Close" @click=${this.#close}>${icon('close')}<span class="visually-hidden">Close</span></button>
          </header>
          ${this.original || this.model ? nothing : this.#types()}
          <div class="fields">
            ${fields.map(field => this.#fields[field]())}
            <details ?open=${this.errors.has('maxFrameBytes') || this.errors.has('description') || (type === 'tcp-client' && (this.errors.has('bind') || this.original?.bind))}>
              <summary>More</summary>
              <div class="fields">
                ${type === 'tcp-client' ? this.#fields.bind() : nothing}
                ${type === 'udp' ? nothing : this.#input('maxFrameBytes', 'Longest frame, in bytes', { hint: 'A longer one ends its connection with a framing error.', number: true })}
                ${this.#input('description', 'Description', { hint: 'What this is for, in your words.' })}
                ${this.#check('autoStart', this.original ? 'Start when Switchboard starts' : 'Start now, and whenever Switchboard starts')}
              </div>
            </details>
          </div>
          ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
          <footer>
            <button type="button" class="button" @click=${this.#close}>Cancel</button>
            <button class="button primary" ?disabled=${this.busy}>${this.original ? 'Save' : this.draft.autoStart ? 'Create and start' : 'Create'}</button>
          </footer>
        </form>
      </dialog>`;
  }

  #types() {
    return html`
      <fieldset class="types">
        <legend class="visually-hidden">Type</legend>
        ${Object.entries(TYPES).map(([type, { label, about }]) => html`
          <label class="type">
            <input type="radio" name="type" value=${type} .checked=${this.draft.type === type} @change=${() => this.#retype(type)}>
            <b>${label}</b><span>${about}</span>
          </label>`)}
      </fieldset>`;
  }

  /** One drawing for each field that a type may need. */
  #fields = {
    name: () => this.#input('name', 'Name', { mono: true, hint: 'Small letters, digits and dashes. It is how the API calls it.' }),
    bind: () => this.draft.type === 'tcp-client'
      ? this.#input('bind', 'Connect from (optional)', { mono: true, placeholder: 'address:port', hint: 'Address and port of this machine; without it, any.' })
      : this.#input('bind', this.draft.type === 'tcp-server' ? 'Listen on' : 'Bind to',
      { mono: true, hint: 'Address and port of this machine. Port 0 takes any free one; 0.0.0.0 opens it to the network.' }),
    remote: () => this.draft.type === 'udp'
      ? this.#input('remote', 'Default destination (optional)', { mono: true, placeholder: 'host:port', hint: 'Where datagrams go that name no other.' })
      : this.#input('remote', 'Connect to', { mono: true, placeholder: 'host:port', hint: 'The server’s address and port.' }),
    framing: () => this.#framing(),
    onReceive: () => this.#check('echo', this.draft.type === 'udp' ? 'Echo each datagram to its sender' : 'Echo each frame to its sender'),
    reconnect: () => this.#check('reconnect', 'Connect again when the connection is lost'),
  };

  #framing() {
    const { framing } = this.draft;
    const { field } = FRAMINGS.find(({ type }) => type === framing);
    return html`
      <div class="field">
        <label for="field-framing">Framing</label>
        <select id="field-framing" .value=${framing} @change=${({ target }) => this.#set('framing', target.value)}
                aria-invalid=${this.errors.has('framing') || this.errors.has('framing.type')} aria-describedby="hint-framing">
          ${FRAMINGS.map(({ type, label }) => html`<option value=${type} ?selected=${type === framing}>${label}</option>`)}
        </select>
        ${this.#below('framing', 'How the stream of bytes is cut into messages.', 'framing.type')}
      </div>
      ${field === 'delimiter' ? this.#input('delimiter', 'Delimiter', { mono: true, hint: 'Escaped, such as \\r\\n\\r\\n or \\x1e.', path: 'framing.delimiter' }) : nothing}
      ${field === 'size' ? this.#input('size', 'Bytes in a frame', { number: true, path: 'framing.size' }) : nothing}
      ${field === 'bytes' ? html`
        <div class="field">
          <label for="field-bytes">Bytes of the length</label>
          <select id="field-bytes" @change=${({ target }) => this.#set('bytes', target.value)} aria-describedby="hint-bytes">
            ${['1', '2', '4'].map(width => html`<option ?selected=${width === this.draft.bytes}>${width}</option>`)}
          </select>
          ${this.#below('bytes', 'Big-endian, before each frame.', 'framing.bytes')}
        </div>` : nothing}`;
  }

  #input(key, label, { hint = '', mono = false, number = false, placeholder = '', path = key } = {}) {
    const wrong = this.errors.has(path);
    return html`
      <div class="field">
        <label for="field-${key}">${label}</label>
        <input id="field-${key}" class=${mono || number ? 'mono' : ''} .value=${this.draft[key]} placeholder=${placeholder}
               inputmode=${number ? 'numeric' : 'text'} spellcheck="false" autocapitalize="none"
               aria-invalid=${wrong} aria-describedby="hint-${key}" @input=${({ target }) => this.#set(key, target.value)}>
        ${this.#below(key, hint, path)}
      </div>`;
  }

  #below(key, hint, path) {
    const error = this.errors.get(path) ?? this.errors.get(key);
    return html`<span id="hint-${key}" class=${error ? 'error' : 'hint'}>${error ? sentence(error) : hint}</span>`;
  }

  #check(key, label) {
    const error = this.errors.get(key === 'echo' ? 'onReceive' : key);
    return html`
      <label class="check"><input type="checkbox" .checked=${this.draft[key]} @change=${({ target }) => this.#set(key, target.checked)}>${label}</label>
      ${error ? html`<p class="error">${sentence(error)}</p>` : nothing}`;
  }

  #retype(type) {
    const untouched = newDraft(this.draft.type, this.board.endpoints.items);
    const fresh = newDraft(type, this.board.endpoints.items);
    const kept = field => (this.draft[field] === untouched[field] ? fresh[field] : this.draft[field]);
    this.draft = { ...this.draft, type, name: kept('name'), bind: kept('bind') };
    this.errors = new Map();
    this.trouble = null;
  }

  #set(key, value) {
    this.draft = { ...this.draft, [key]: value };
  }

  #close = () => this.querySelector('dialog').close();

  async #submit(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    try {
      const definition = definitionOf(this.draft);
      const { endpoints } = this.board;
      const made = this.original ? await endpoints.replace(this.original.name, definition) : await endpoints.create(definition);
      this.#close();
      this.board.show(made.name);
    } catch (problem) {
      this.#explain(problem);
    } finally {
      this.busy = false;
    }
  }

  /** Puts each error beside its field, and what belongs to none at the foot. */
  async #explain(problem) {
    if (problem.fields === undefined) throw problem;
    this.errors = problem.fields;
    this.trouble = null;
    await this.updateComplete;
    const first = this.querySelector('[aria-invalid="true"]');
    const placed = this.querySelectorAll('.error').length;
    if (placed < Math.max(1, problem.fields.size)) {
      this.trouble = [problem.message, ...problem.fields.values()].filter((words, i, all) => all.indexOf(words) === i).join(' ');
    }
    first?.focus();
  }
}

customElements.define('sb-endpoint-form', EndpointForm);
