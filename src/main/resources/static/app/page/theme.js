import { html } from 'lit';
import { Part } from './part.js';
import { icon } from './icons.js';

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' };
const WORDS = { auto: 'as the system', light: 'light', dark: 'dark' };

/** Turns through the themes: as the system, light, dark. `first.js` reads the choice back before the first paint. */
class ThemeToggle extends Part {
  static properties = { theme: { state: true } };

  constructor() {
    super();
    this.theme = document.documentElement.dataset.theme ?? 'auto';
  }

  render() {
    return html`
      <button type="button" class="icon-button" title="Theme: ${WORDS[this.theme]}" @click=${this.#turn}>
        ${icon(this.theme)}<span class="visually-hidden">Theme: ${WORDS[this.theme]}</span></button>`;
  }

  #turn() {
    this.theme = NEXT[this.theme];
    if (this.theme === 'auto') {
      delete document.documentElement.dataset.theme;
      localStorage.removeItem('switchboard.theme');
    } else {
      document.documentElement.dataset.theme = this.theme;
      localStorage.setItem('switchboard.theme', this.theme);
    }
  }
}

customElements.define('sb-theme', ThemeToggle);
