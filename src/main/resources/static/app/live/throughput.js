import { html, nothing, svg } from 'lit';
import { Part } from '../page/part.js';
import { short } from '../page/display.js';
import { Minute, SECONDS } from './minute.js';

const HEIGHT = 44;
/** Between looks at the clock; drawn anew only when a second is over, and seldom for those who asked for less movement. */
const LOOK = 500;
const SELDOM = 5;
/** After this time without news there is none that was held back. */
const QUIET = 1500;
const SERIES = { in: { glyph: '→', words: 'in' }, out: { glyph: '←', words: 'out' }, skipped: { glyph: '⋯', words: 'not shown' } };

/** How much crossed all endpoints in the last minute, second by second, and how much of it the table left out. */
class Throughput extends Part {
  static properties = { width: { state: true }, second: { state: true } };

  #minute = new Minute();
  #quietSince = 0;
  #watching;
  #still = matchMedia('(prefers-reduced-motion: reduce)');

  constructor() {
    super();
    this.width = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    const { feed, view } = this.board;
    this.on(feed, 'hello', ({ detail }) => this.#minute.begin(performance.now(), detail.counters));
    this.on(feed, 'batch', ({ detail }) => { if (this.#listening) this.#minute.take(performance.now(), detail.counters, detail.skipped); });
    this.on(feed, 'state', () => this.#turned());
    this.on(view, 'status', () => { if (view.paused === this.#minute.live) this.#turned(); });
    this.on(document, 'visibilitychange', () => this.#turned());
    this.every(LOOK, () => { if (!document.hidden) this.#look(); });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watching?.disconnect();
  }

  firstUpdated() {
    this.#watching = new ResizeObserver(([{ contentRect }]) => { this.width = Math.floor(contentRect.width); });
    this.#watching.observe(this.querySelector('.area'));
  }

  render() {
    const seconds = this.#minute.seconds(performance.now());
    const last = seconds.at(-1);
    const peak = seconds.reduce((most, second) => (second ? Math.max(most, second.in, second.out, second.skipped) : most), 0);
    return html`
      <ul aria-hidden="true">${Object.entries(SERIES).map(([key, { glyph, words }]) => html`
        <li class=${key}><span class="glyph">${glyph}</span> ${words} <b class="tabular">${last ? `${short(last[key])}/s` : '–'}</b></li>`)}</ul>
      <div class="area" role="img" aria-label=${inWords(seconds)} title="All endpoints, the last ${SECONDS} seconds">
        ${this.width ? this.#drawing(seconds, Math.max(peak, 1)) : nothing}
        ${peak ? html`<span class="peak tabular" aria-hidden="true">${short(peak)}/s</span>` : nothing}
      </div>`;
  }

  #drawing(seconds, peak) {
    const x = i => (i / (SECONDS - 1) * this.width).toFixed(1);
    const y = number => (HEIGHT - 2 - number / peak * (HEIGHT - 6)).toFixed(1);
    const stretches = known(seconds);
    const line = (key, { from, to }) => Array.from({ length: to - from }, (_, i) => `${x(from + i)},${y(seconds[from + i][key])}`).join(' ');
    return svg`
      <svg class="plot" width=${this.width} height=${HEIGHT} viewBox="0 0 ${this.width} ${HEIGHT}">
        <line class="ground" x2=${this.width} y1=${HEIGHT - 2} y2=${HEIGHT - 2}></line>
        ${stretches.map(stretch => svg`
          <polygon class="skipped" points="${x(stretch.from)},${HEIGHT - 2} ${line('skipped', stretch)} ${x(stretch.to - 1)},${HEIGHT - 2}"></polygon>
          <polyline class="out" points=${line('out', stretch)}></polyline>
          <polyline class="in" points=${line('in', stretch)}></polyline>`)}
      </svg>`;
  }

  /** Paused or hidden, the page is sent nothing for a while, and then all of it at once. */
  get #listening() {
    return this.board.feed.state === 'open' && !this.board.view.paused && !document.hidden;
  }

  #turned() {
    if (!this.#listening) this.#minute.end(performance.now());
    this.#quietSince = performance.now();
  }

  #look() {
    const now = performance.now();
    // Whoever listens again and hears nothing has missed nothing.
    if (this.#listening && !this.#minute.live && now - this.#quietSince > QUIET) this.#minute.begin(now, this.board.view.counters);
    const second = Math.floor(now / 1000);
    this.second = this.#still.matches ? Math.floor(second / SELDOM) : second;
  }
}

/** The stretches of seconds about which something is known, `to` exclusive. */
function known(seconds) {
  const stretches = [];
  seconds.forEach((second, i) => {
    if (!second) return;
    const last = stretches.at(-1);
    if (last?.to === i) last.to++;
    else stretches.push({ from: i, to: i + 1 });
  });
  return stretches;
}

function inWords(seconds) {
  const there = seconds.filter(Boolean);
  if (there.length === 0) return 'Throughput: nothing is known yet.';
  const words = Object.entries(SERIES).map(([key, { words: name }]) =>
    `${name} ${short(there.at(-1)[key])} a second, at most ${short(Math.max(...there.map(second => second[key])))}`);
  return `Throughput of all endpoints in the last ${SECONDS} seconds: ${words.join('; ')}.${there.length < SECONDS ? ` Nothing is known of ${SECONDS - there.length} of them.` : ''}`;
}

customElements.define('sb-throughput', Throughput);
