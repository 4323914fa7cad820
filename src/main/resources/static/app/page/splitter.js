import { html } from 'lit';
import { Part } from './part.js';

const STORED = 'switchboard.bottom';
const LEAST = 9;
const STEP = 2;

/** The line between the table and what is below it; drags with the pointer, moves with the arrow keys. In rem. */
class Splitter extends Part {
  static properties = { size: { state: true } };

  constructor() {
    super();
    this.size = Number(localStorage.getItem(STORED)) || 18;
  }

  render() {
    return html`<div role="separator" tabindex="0" aria-label="Height of inspector and composer" aria-orientation="horizontal"
      aria-valuenow=${Math.round(this.size)} aria-valuemin=${LEAST} aria-valuemax=${Math.round(this.#most)}
      @pointerdown=${this.#grabbed} @pointermove=${this.#dragged} @keydown=${this.#keyed}></div>`;
  }

  updated() {
    document.documentElement.style.setProperty('--bottom', `${this.size}rem`);
  }

  get #rem() {
    return parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  get #most() {
    return Math.max(LEAST, innerHeight / this.#rem - 14);
  }

  #grabbed(event) {
    event.preventDefault();
    event.target.setPointerCapture(event.pointerId);
  }

  #dragged(event) {
    if (event.target.hasPointerCapture(event.pointerId)) this.#resize((this.parentElement.getBoundingClientRect().bottom - event.clientY) / this.#rem);
  }

  #keyed(event) {
    const step = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    this.#resize(this.size + step);
  }

  #resize(size) {
    this.size = Math.min(Math.max(size, LEAST), this.#most);
    localStorage.setItem(STORED, this.size.toFixed(1));
  }
}

customElements.define('sb-splitter', Splitter);
