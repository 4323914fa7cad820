import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { Viewport } from '../page/viewport.js';
import { writeClipboard } from '../page/copy.js';
import { hexByte, isPrintable, toHex } from '../framing/bytes.js';
import { offset } from '../framing/spelling.js';
import { moved, rangeOf } from './selection.js';
import { readout } from './readout.js';
import { storedCharset } from './text.js';

/**
 * Bytes as offsets, hex and characters, of which only the lines in view are made: a megabyte costs no more than a kilobyte.
 * Bytes are chosen with the mouse or the keyboard, and what they stand for is read out below.
 */
class Hexdump extends Part {
  static properties = { bytes: { attribute: false }, width: { state: true }, selection: { state: true } };

  #viewport;
  #from = 0;
  #dragging = false;

  constructor() {
    super();
    this.width = 16;
    this.selection = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#viewport?.release();
  }

  firstUpdated() {
    this.#viewport = new Viewport(this.#scroller, () => this.#fit());
    this.#fit();
  }

  willUpdate(changed) {
    if (!changed.has('bytes')) return;
    this.selection = null;
    if (this.#viewport) this.#scroller.scrollTop = 0;
  }

  get #scroller() {
    return this.querySelector('.scroller');
  }

  render() {
    const lines = this.#viewport ? this.#viewport.range(this.#count) : { from: 0, to: 0 };
    const chosen = rangeOf(this.selection);
    this.#from = lines.from;
    return html`
      <div class="scroller" tabindex="0" role="group" aria-label="Payload as hex. Arrow keys choose bytes, with Shift more of them." @scroll=${() => this.requestUpdate()}
           @keydown=${this.#keyed} @pointerdown=${this.#pressed} @pointermove=${this.#dragged} @pointerup=${this.#released} @pointercancel=${this.#released}>
        <div class="sizer"><div class="window">${Array.from({ length: lines.to - lines.from }, (_, i) => this.#line(lines.from + i, chosen))}</div></div>
      </div>
      ${chosen ? readout(this.bytes, chosen, storedCharset()) : nothing}`;
  }

  updated() {
    this.#viewport?.place(this.querySelector('.sizer'), this.querySelector('.window'), this.#from, this.#count);
  }

  get #count() {
    return Math.ceil(this.bytes.length / this.width);
  }

  /** Sixteen bytes a line, or eight where sixteen don't fit. */
  #fit() {
    const probe = this.querySelector('.line');
    if (probe) {
      const character = probe.querySelector('.offset').getBoundingClientRect().width / 8;
      this.width = this.#scroller.clientWidth < character * (8 + 2 + 50 + 2 + 16) + 24 ? 8 : 16;
    }
    this.requestUpdate();
  }

  #line(number, chosen) {
    const { width } = this;
    const first = number * width;
    const slice = this.bytes.subarray(first, first + width);
    const missing = ' '.repeat(3 * (width - slice.length) + (width > 8 && slice.length <= 8 ? 1 : 0));
    const cells = (className, write, padding = '') => html`<span class=${className}>${Array.from(slice, (byte, i) => {
      const at = first + i;
      return html`<span data-at=${at} class=${chosen && at >= chosen.from && at < chosen.to ? 'chosen' : ''}>${write(byte, i)}</span>`;
    })}${padding}</span>`;
    return html`<div class="line"><span class="offset">${offset(first)}</span>${cells('hex', (byte, i) => `${i === 8 ? ' ' : ''}${hexByte(byte)} `, missing)}${cells('characters', byte => (isPrintable(byte) ? String.fromCharCode(byte) : '·'))}</div>`;
  }

  #keyed(event) {
    if (event.altKey) return;
    const { length } = this.bytes;
    if (event.key === 'Escape' && this.selection) {
      this.selection = null;
    } else if (event.key === 'c' && (event.ctrlKey || event.metaKey) && this.selection) {
      const { from, to } = rangeOf(this.selection);
      writeClipboard(toHex(this.bytes.subarray(from, to)));
    } else {
      const page = Math.max(1, this.#viewport.capacity - 2);
      const selection = moved(this.selection, event, { length, width: this.width, page });
      if (!selection) return;
      this.#choose(selection);
    }
    event.preventDefault();
  }

  #pressed(event) {
    const at = this.#at(event);
    if (event.button !== 0 || at === null) return;
    this.#choose({ anchor: event.shiftKey && this.selection ? this.selection.anchor : at, focus: at });
    // A finger that moves scrolls.
    if (event.pointerType === 'touch') return;
    this.#dragging = true;
    this.#scroller.setPointerCapture(event.pointerId);
  }

  #dragged(event) {
    if (this.#dragging) this.#choose({ ...this.selection, focus: this.#at(event, true) });
  }

  #released() {
    this.#dragging = false;
  }

  /** The byte at the pointer; with `nearest` the one nearest to it, wherever it is. */
  #at({ clientX, clientY }, nearest = false) {
    const cell = document.elementFromPoint(clientX, clientY)?.closest('sb-hexdump [data-at]');
    if (cell) return Number(cell.dataset.at);
    if (!nearest) return null;
    const line = Math.floor((clientY - this.#scroller.getBoundingClientRect().top + this.#scroller.scrollTop) / this.#viewport.rowHeight);
    const cells = this.querySelector('.hex').getBoundingClientRect();
    const at = line * this.width + (clientX > cells.left ? this.width - 1 : 0);
    return Math.max(0, Math.min(this.bytes.length - 1, at));
  }

  async #choose(selection) {
    this.selection = selection;
    // The readout takes its room from the lines, so it has to stand before the line can be shown.
    await this.updateComplete;
    this.#viewport.measure();
    this.#viewport.reveal(Math.floor(selection.focus / this.width));
  }
}

customElements.define('sb-hexdump', Hexdump);
