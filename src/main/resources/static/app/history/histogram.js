import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { counted, moment, size } from '../page/display.js';
import { Brush } from './brush.js';
import { plot } from './plot.js';
import { beginOf, edgeAt, indexAt, lasting, stepped } from './timeline.js';
import { timeTools } from './time-tools.js';

/**
 * The traffic of the time in view, and the brush that chooses a part of it: by dragging over it, or with two handles
 * from the keyboard. Between them the arrows look at one interval after the other.
 */
class Histogram extends Part {
  static properties = { pointed: { state: true }, width: { state: true }, height: { state: true } };

  #brush;
  #watching;

  constructor() {
    super();
    this.pointed = null;
    this.width = 0;
    this.height = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#brush = new Brush(this.board, () => this.requestUpdate());
    this.board.timeFocus = () => this.querySelector('.look')?.focus();
    this.redrawOn(this.board.traffic, 'change');
    this.redrawOn(this.board.address, 'change');
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watching?.disconnect();
  }

  firstUpdated() {
    const area = this.querySelector('.area');
    this.#watching = new ResizeObserver(() => {
      this.height = area.clientHeight;
      this.width = area.clientWidth;
    });
    this.#watching.observe(area);
  }

  render() {
    const { timeline, stale } = this.board.traffic;
    return html`
      <div class="line">
        <p class="words" id="histogram-words">${this.pointed === null || !timeline ? this.#summary(timeline) : this.#interval(timeline, this.pointed)}</p>
        ${timeTools(this.board)}
      </div>
      <div class="area ${stale ? 'stale' : ''} ${timeline || stale ? '' : 'nothing'}" @pointerdown=${this.#pressed} @pointermove=${this.#moved} @pointerup=${this.#released}
           @pointercancel=${this.#cancelled} @pointerleave=${() => { this.pointed = null; }}>
        ${timeline && this.width && this.height ? this.#drawing(timeline) : nothing}
      </div>`;
  }

  updated() {
    const { timeline } = this.board.traffic;
    if (!timeline) return;
    const { start, end } = this.#range(timeline);
    const x = time => `${(Math.min(Math.max(time, timeline.start), timeline.end) - timeline.start) / (timeline.end - timeline.start) * 100}%`;
    this.querySelector('.handle.start')?.style.setProperty('inset-inline-start', x(start));
    this.querySelector('.handle.end')?.style.setProperty('inset-inline-start', x(end));
  }

  #drawing(timeline) {
    const { buckets } = timeline;
    const { start, end } = this.#range(timeline);
    const choice = this.#brush.range(timeline);
    const pointed = this.pointed === null ? null : Math.min(this.pointed, buckets.length - 1);
    return html`
      ${plot(timeline, { width: this.width, height: this.height, pointed, choice })}
      <div class="look" role="slider" tabindex="0" aria-label="Interval looked at" aria-valuemin="0" aria-valuemax=${buckets.length - 1}
           aria-valuenow=${pointed ?? buckets.length - 1} aria-valuetext=${this.#intervalText(timeline, pointed ?? buckets.length - 1)}
           @keydown=${event => this.#looked(event, timeline)} @blur=${() => { this.pointed = null; }}></div>
      ${this.#handle(timeline, 'start', 'Chosen time begins', edgeAt(timeline, start))}
      ${this.#handle(timeline, 'end', 'Chosen time ends', edgeAt(timeline, end))}`;
  }

  #handle(timeline, which, label, edge) {
    const { buckets } = timeline;
    const time = precisely(beginOf(timeline, edge), timeline);
    const bound = which === 'start' ? edge === 0 : edge === buckets.length;
    return html`
      <div class="handle ${which}" role="slider" tabindex="0" aria-label=${label} aria-valuemin="0" aria-valuemax=${buckets.length}
           aria-valuenow=${edge} aria-valuetext=${bound ? `${time}, where the view ${which === 'start' ? 'begins' : 'ends'}` : time}
           @pointerdown=${event => this.#grabbed(event, timeline, which)} @keydown=${event => this.#nudged(event, timeline, which, edge)}></div>`;
  }

  #summary(timeline) {
    const { traffic } = this.board;
    if (traffic.trouble) return html`<span class="bad">${traffic.trouble}</span>`;
    if (!traffic.all) return html`<span class="quiet">Counting…</span>`;
    if (!timeline) return html`<span class="quiet">No traffic in this time.</span>`;
    const sums = traffic.chosen ?? traffic.all;
    const { start, end } = this.#range(timeline);
    return html`
      <span class="when tabular">${precisely(start, timeline)} – ${precisely(end, timeline)}</span> <span class="quiet">${lasting(end - start)}</span>
      ${this.#sums({ ...sums, missed: sums.captureGap })}
      ${sums.complete ? nothing : html`<span class="quiet">counting, back to ${moment(sums.searchedTo)}</span>`}`;
  }

  #interval(timeline, index) {
    return html`<span class="when tabular">${precisely(beginOf(timeline, index), timeline)}</span>
      <span class="quiet">+ ${lasting(timeline.width)}</span> ${this.#sums(timeline.buckets[index])}`;
  }

  #sums({ framesIn, bytesIn, framesOut, bytesOut, missed }) {
    return html`
      <span class="in tabular"><span aria-hidden="true">→</span> ${counted(framesIn, 'frame')} in, ${size(bytesIn)}</span>
      <span class="out tabular"><span aria-hidden="true">←</span> ${counted(framesOut, 'frame')} out, ${size(bytesOut)}</span>
      ${missed ? html`<span class="bad tabular"><span aria-hidden="true">✕</span> ${counted(missed, 'frame')} not recorded</span>` : nothing}`;
  }

  #intervalText(timeline, index) {
    const { framesIn, framesOut, missed } = timeline.buckets[index];
    return `${precisely(beginOf(timeline, index), timeline)}, ${lasting(timeline.width)}: ${framesIn} in, ${framesOut} out${missed ? `, ${missed} not recorded` : ''}`;
  }

  /** What is chosen, or all that is in view. */
  #range(timeline) {
    return this.#brush.range(timeline) ?? timeline;
  }

  #timeAt({ clientX }, timeline) {
    const { left, width } = this.querySelector('.area').getBoundingClientRect();
    return timeline.start + Math.min(Math.max((clientX - left) / width, 0), 1) * (timeline.end - timeline.start);
  }

  #pressed(event) {
    const { timeline } = this.board.traffic;
    if (!timeline || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#brush.press(this.#timeAt(event, timeline));
  }

  #grabbed(event, timeline, which) {
    event.stopPropagation();
    this.querySelector('.area').setPointerCapture(event.pointerId);
    const { start, end } = this.#range(timeline);
    this.#brush.press(which === 'start' ? end : start, true);
  }

  #moved(event) {
    const { timeline } = this.board.traffic;
    if (!timeline) return;
    const time = this.#timeAt(event, timeline);
    this.pointed = indexAt(timeline, time);
    this.#brush.drag(time, timeline);
  }

  #released() {
    this.#brush.release();
  }

  #cancelled() {
    this.#brush.cancel();
    this.pointed = null;
  }

  #looked(event, timeline) {
    const last = timeline.buckets.length - 1;
    const index = this.pointed ?? last;
    if (event.key === 'Enter') this.#brush.choose(timeline, index, index + 1);
    else if (event.key === '+') this.board.zoom();
    else if (event.key === '-') this.board.widen();
    else {
      const next = stepped(event, index, last);
      if (next === null) return;
      this.pointed = next;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #nudged(event, timeline, which, edge) {
    const next = stepped(event, edge, timeline.buckets.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    const { start, end } = this.#range(timeline);
    if (which === 'start') this.#brush.chooseSoon(timeline, Math.min(next, edgeAt(timeline, end) - 1), edgeAt(timeline, end));
    else this.#brush.chooseSoon(timeline, edgeAt(timeline, start), Math.max(next, edgeAt(timeline, start) + 1));
  }
}

/** A time as finely as the intervals are. */
function precisely(time, { width }) {
  return moment(time) + (width < 1000 ? `.${String(Math.floor(time % 1000)).padStart(3, '0')}` : '');
}

customElements.define('sb-histogram', Histogram);
