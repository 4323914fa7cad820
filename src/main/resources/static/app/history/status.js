import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { clockSeconds, count, moment, size } from '../page/display.js';

/** How much history holds, and whether it goes on. */
class HistoryStatus extends Part {
  connectedCallback() {
    super.connectedCallback();
    this.redrawOn(this.board.recording, 'change');
  }

  render() {
    const { status, outage, reachable, asOf } = this.board.recording;
    if (!reachable) {
      return html`<span class="light lost">not connected</span>
        ${asOf ? html`<span class="kept">as of <span class="tabular">${clockSeconds(asOf)}</span></span>` : nothing}`;
    }
    if (!status) return html`<span class="light">connecting…</span>`;
    const { frames, bytes, maxBytes, maxAge, oldest, store } = status;
    return html`
      <span class="light ${outage ? 'lost' : 'live'}">${outage ? 'not recording' : 'recording'}</span>
      <span class="kept" title="Kept ${store === 'memory' ? 'in memory, gone when the process ends' : 'on disk'}; the oldest goes first once there are ${size(maxBytes)}, or after ${maxAge}">
        <b class="tabular">${count(frames)}</b> frames<span class="volume">, ${size(bytes)} of ${size(maxBytes)}${store === 'memory' ? ' memory' : ''}${oldest ? html`, since ${moment(oldest)}` : nothing}</span></span>`;
  }
}

customElements.define('sb-history-status', HistoryStatus);
