import { html, nothing, svg } from 'lit';
import { Part } from '../page/part.js';
import { clock } from '../page/display.js';
import { age, lanesOf, micros, sinceFirst, span } from './lanes.js';

const MOST = 6;
const HEIGHT = 58;
const LINE = 30;
const MARGIN = 8;
const RADIUS = 5.5;
/** Below this width a lane runs down instead of across. */
const NARROW = 560;
const ROW = 26;
const WORDS = { done: 'done', now: 'now', failed: 'failed', ahead: 'not yet', untold: 'no event tells of it' };

/** The life cycle of an endpoint's sockets, drawn: one lane a socket, the current state filled, each call with its time. */
class LifeCycle extends Part {
  static properties = { width: { state: true } };

  #watching;

  constructor() {
    super();
    this.width = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.redrawOn(this.board.life, 'change');
    this.redrawOn(this.board.endpoints, 'change');
    this.every(1000, () => this.requestUpdate());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watching?.disconnect();
  }

  firstUpdated() {
    this.#watching = new ResizeObserver(([{ contentRect }]) => { this.width = Math.floor(contentRect.width); });
    this.#watching.observe(this.querySelector('.lanes'));
  }

  render() {
    const { endpoint, life, connections, closed } = this.board;
    const peerOf = id => [...connections, ...closed.items].find(connection => connection.id === id)?.remote;
    const lanes = endpoint && life.loaded ? lanesOf(endpoint, life.events, MOST, peerOf) : [];
    const now = this.board.asOf;
    const drawn = lanes.filter(({ connection }) => connection).length;
    const more = (endpoint?.counters.connectionsTotal ?? 0) - drawn;
    return html`
      <ol class="lanes">${lanes.map(lane => this.#lane(lane, now))}</ol>
      ${endpoint && endpoint.type !== 'udp' && drawn > 0 && more > 0 ? html`<p class="quiet">The ${MOST} newest, those that are open first. All are listed below.</p>` : nothing}
      ${lanes.length ? html`<details><summary>The same as a table</summary>${table(lanes, now)}</details>` : nothing}`;
  }

  #lane(lane, now) {
    const { title, where, note, over } = lane;
    return html`
      <li class="lane ${over ? 'over' : ''}">
        <p><b>${title}</b>${where ? html` <span class="mono">${where}</span>` : nothing}${note ? html` <span class="note">${note}</span>` : nothing}</p>
        ${this.width === 0 ? nothing : this.width < NARROW ? down(lane, this.width, now) : across(lane, this.width, now)}
        ${lane.steps.filter(({ state }) => state === 'failed').map(({ event }) => html`<p class="bad">${event.detail}</p>`)}
      </li>`;
  }
}

function across(lane, width, now) {
  const { steps, joined } = lane;
  const x = i => MARGIN + RADIUS + i * (width - 2 * (MARGIN + RADIUS)) / (steps.length - 1);
  const anchor = i => (i === 0 ? 'start' : i === steps.length - 1 ? 'end' : 'middle');
  const textX = i => (i === 0 ? MARGIN : i === steps.length - 1 ? width - MARGIN : x(i));
  const [from, to] = (joined ?? []).map(label => steps.findIndex(step => step.label === label));
  return html`
    <svg class="track" width=${width} height=${HEIGHT} viewBox="0 0 ${width} ${HEIGHT}" aria-hidden="true">
      ${steps.slice(1).map((step, i) => svg`<line class="edge ${step.state}" x1=${x(i) + RADIUS + 2} x2=${x(i + 1) - RADIUS - 2} y1=${LINE} y2=${LINE}></line>`)}
      ${joined ? svg`<rect class="joined" x=${x(from) - 12} y=${LINE - 11} width=${x(to) - x(from) + 24} height="22" rx="11"></rect>` : nothing}
      ${steps.map((step, i) => svg`
        <g class="step ${step.state}">${node(step, x(i), LINE)}
          <text class="label" x=${textX(i)} y="13" text-anchor=${anchor(i)}>${step.label}</text>
          <text class="time" x=${textX(i)} y=${HEIGHT - 6} text-anchor=${anchor(i)}>${times(lane, step, now)}</text></g>`)}
    </svg>`;
}

function down(lane, width, now) {
  const { steps } = lane;
  const y = i => ROW / 2 + i * ROW;
  return html`
    <svg class="track" width=${width} height=${steps.length * ROW} viewBox="0 0 ${width} ${steps.length * ROW}" aria-hidden="true">
      ${steps.slice(1).map((step, i) => svg`<line class="edge ${step.state}" x1=${MARGIN + RADIUS} x2=${MARGIN + RADIUS} y1=${y(i) + RADIUS + 2} y2=${y(i + 1) - RADIUS - 2}></line>`)}
      ${steps.map((step, i) => svg`
        <g class="step ${step.state}">${node(step, MARGIN + RADIUS, y(i))}
          <text class="label" x="28" y=${y(i) + 4}>${step.label}</text>
          <text class="time" x=${width - 4} y=${y(i) + 4} text-anchor="end">${times(lane, step, now)}</text></g>`)}
    </svg>`;
}

function node({ state }, x, y) {
  if (state === 'failed') return svg`<path class="node" d="m${x - 4.5} ${y - 4.5} 9 9m0-9-9 9"></path>`;
  return svg`<circle class="node" cx=${x} cy=${y} r=${state === 'now' ? RADIUS + 1 : RADIUS - 1}></circle>`;
}

/** When a call was made since the first of its lane, how long it took, and how long the state has held that holds now. */
function times(lane, step, now) {
  const since = sinceFirst(lane, step);
  if (step.state === 'now') {
    return [step.times ? `${step.times}×` : '', step.at ? `for ${age(now * 1000 - micros(step.at))}` : ''].filter(Boolean).join(', ');
  }
  if (step.state === 'untold') return 'no event';
  if (since === null) return '';
  return `+${span(since)}${step.took === null || step.took === undefined ? '' : `, took ${span(step.took)}`}`;
}

function table(lanes, now) {
  return html`
    <table>
      <thead><tr><th scope="col">Socket</th><th scope="col">Call</th><th scope="col">State</th><th scope="col">At</th><th scope="col">Since the first call</th></tr></thead>
      <tbody>${lanes.flatMap(lane => lane.steps.map((step, i) => html`
        <tr><th scope="row">${i === 0 ? lane.title : html`<span class="visually-hidden">${lane.title}</span>`}</th><td class="mono">${step.label}</td><td>${WORDS[step.state]}</td>
          <td class="mono">${step.at ? clock(step.at) : ''}</td><td class="mono">${times(lane, step, now)}</td></tr>`))}</tbody>
    </table>`;
}

customElements.define('sb-life-cycle', LifeCycle);
