import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { count, counted } from '../page/display.js';
import { parseJson, BadJson } from '../framing/json.js';
import { decode } from '../framing/charsets.js';

const READ = 2 * 1024 * 1024;
/** Members shown of one value at first, and how many more each time. */
const SHOWN = 100;
/** Characters shown of one string. */
const LONG = 2000;

/** A payload as a JSON tree, or why it is none. */
export function jsonView(bytes) {
  if (bytes.length > READ) return html`<p class="note">${counted(bytes.length, 'byte')}: more than ${counted(READ, 'byte')} are not read as JSON here. The download has all of them.</p>`;
  const { text, valid } = decode(bytes, 'utf-8');
  if (!valid) return html`<p class="note">Not JSON: the bytes are not UTF-8.</p>`;
  try {
    return html`<sb-json class="json mono" .value=${parseJson(text)} .opened=${true}></sb-json>`;
  } catch (failure) {
    if (failure instanceof BadJson) return trouble(failure, text);
    throw failure;
  }
}

function trouble({ message, line, column, at }, text) {
  const before = text.slice(Math.max(0, at - 40), at);
  return html`
    <p class="note">Not JSON. Line ${count(line)}, column ${count(column)}: ${message}.</p>
    <p class="json mono">${at > 40 ? '…' : ''}${before}<mark>${text.slice(at, at + 1) || '␄'}</mark>${text.slice(at + 1, at + 40)}${text.length > at + 40 ? '…' : ''}</p>`;
}

/** One value and, once it is opened, what it holds: what is closed costs nothing. */
class JsonValue extends Part {
  static properties = { value: { attribute: false }, name: { attribute: false }, opened: { attribute: false }, shown: { state: true } };

  constructor() {
    super();
    this.shown = SHOWN;
  }

  willUpdate(changed) {
    if (changed.has('value')) this.shown = SHOWN;
  }

  render() {
    const { value, opened } = this;
    const inside = insideOf(value);
    if (!inside?.length) return html`<div class="leaf">${this.#label()}${leaf(value)}</div>`;
    return html`
      <details .open=${Boolean(opened)} @toggle=${({ target }) => { this.opened = target.open; }}>
        <summary>${this.#label()}<span class="quiet">${value.type === 'object' ? `{ ${counted(inside.length, 'member')} }` : `[ ${counted(inside.length, 'item')} ]`}</span></summary>
        ${opened ? this.#inside(inside) : nothing}
      </details>`;
  }

  #inside(inside) {
    const rest = inside.length - this.shown;
    return html`
      <div class="inside">
        ${inside.slice(0, this.shown).map(([name, value]) => html`<sb-json .name=${name} .value=${value}></sb-json>`)}
        ${rest > 0 ? html`<button type="button" class="link-button" @click=${() => { this.shown += SHOWN; }}>Show ${count(Math.min(SHOWN, rest))} more of ${count(rest)}</button>` : nothing}
      </div>`;
  }

  #label() {
    return this.name === undefined ? nothing : html`<span class="name">${this.name}</span>: `;
  }
}

function insideOf({ type, members, items }) {
  if (type === 'object') return members.map(([name, value]) => [JSON.stringify(name), value]);
  return type === 'array' ? items.map((value, i) => [i, value]) : null;
}

function leaf({ type, value }) {
  if (type === 'object') return '{ }';
  if (type === 'array') return '[ ]';
  const text = type === 'string' ? JSON.stringify(value) : value;
  return html`<span class=${type}>${text.slice(0, LONG)}</span>${text.length > LONG ? html`<span class="quiet">… ${counted(text.length, 'character')}</span>` : nothing}`;
}

customElements.define('sb-json', JsonValue);
