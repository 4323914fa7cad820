import { html } from 'lit';
import { Part } from '../page/part.js';
import { Viewport } from '../page/viewport.js';
import { hexByte, isPrintable } from '../framing/bytes.js';

/** Bytes as offsets, hex and characters, of which only the lines in view are made: a megabyte costs no more than a kilobyte. */
class Hexdump extends Part {
  static properties = { bytes: { attribute: false }, width: { state: true } };

  #viewport;
  #from = 0;

  constructor() {
    super();
    this.width = 16;
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
    if (changed.has('bytes') && this.#viewport) this.#scroller.scrollTop = 0;
  }

  get #scroller() {
    return this.querySelector('.scroller');
  }

  render() {
    const lines = this.#viewport ? this.#viewport.range(this.#count) : { from: 0, to: 0 };
    this.#from = lines.from;
    return html`
      <div class="scroller" tabindex="0" role="region" aria-label="Payload as hex" @scroll=${() => this.requestUpdate()}>
        <div class="sizer"><div class="window">${Array.from({ length: lines.to - lines.from }, (_, i) => this.#line(lines.from + i))}</div></div>
      </div>`;
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

  #line(number) {
    const { width } = this;
    const slice = this.bytes.subarray(number * width, (number + 1) * width);
    const hex = Array.from(slice, (byte, i) => (i === 8 ? ` ${hexByte(byte)}` : hexByte(byte))).join(' ');
    const characters = Array.from(slice, byte => (isPrintable(byte) ? String.fromCharCode(byte) : '·')).join('');
    return html`<div class="line"><span class="offset">${(number * width).toString(16).padStart(8, '0')}</span><span class="hex">${hex.padEnd(width === 16 ? 48 : 23)}</span><span class="characters">${characters}</span></div>`;
  }
}

customElements.define('sb-hexdump', Hexdump);
