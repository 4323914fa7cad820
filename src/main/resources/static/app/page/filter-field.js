import { html, nothing } from 'lit';
import { Part } from './part.js';
import { icon } from './icons.js';

const TYPING_PAUSE = 200;

/**
 * A field to filter by. Says `filter` with what is typed, after a pause in typing or on Enter; Escape empties it, and
 * `leave` says that the person is done with it. `complaint` says what is wrong with a value, or nothing.
 */
class FilterField extends Part {
  static properties = { value: {}, label: {}, hint: {}, complaint: { attribute: false }, wrong: { state: true } };

  #typing = 0;

  constructor() {
    super();
    this.complaint = () => '';
    this.wrong = '';
  }

  willUpdate(changed) {
    if (changed.has('value')) this.wrong = '';
  }

  render() {
    return html`
      <label>
        ${icon('search')}<span class="visually-hidden">${this.label}</span>
        <input type="search" placeholder=${this.hint} title="${this.label}  ( / )" spellcheck="false" autocomplete="off" autocapitalize="none"
               aria-invalid=${Boolean(this.wrong)} aria-describedby=${this.wrong ? 'filter-wrong' : nothing}
               .value=${this.value ?? ''} @input=${this.#typed} @keydown=${this.#entered}>
      </label>
      ${this.wrong ? html`<p class="error" id="filter-wrong" role="alert">${this.wrong}</p>` : nothing}`;
  }

  focus() {
    const input = this.querySelector('input');
    input.focus();
    input.select();
  }

  #typed({ target }) {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#say(target.value), TYPING_PAUSE);
  }

  #entered(event) {
    const { target, key } = event;
    if (key !== 'Enter' && key !== 'Escape') return;
    event.stopPropagation();
    clearTimeout(this.#typing);
    const emptied = key === 'Escape' && target.value !== '';
    if (emptied) target.value = '';
    if (key === 'Enter' || emptied) this.#say(target.value);
    if (!emptied && !this.wrong) this.dispatchEvent(new Event('leave'));
  }

  #say(value) {
    this.wrong = value ? this.complaint(value) : '';
    if (!this.wrong) this.dispatchEvent(new CustomEvent('filter', { detail: value }));
  }
}

customElements.define('sb-filter-field', FilterField);
