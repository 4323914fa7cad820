import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { count, short, size, clockSeconds } from '../page/display.js';

/** The honesty line: how much really passes, beside how much of it is shown; and at once when the page is not live. */
class LiveStatus extends Part {
  connectedCallback() {
    super.connectedCallback();
    this.redrawOn(this.board.view, 'status');
    this.redrawOn(this.board.endpoints, 'change');
    this.every(500, () => this.requestUpdate());
  }

  render() {
    const { view, address } = this.board;
    if (view.state !== 'open') return notLive(this.board.feed);
    if (view.paused) {
      return html`<span class="light paused">paused</span>
        <span class="held">since <span class="tabular">${clockSeconds(view.pausedAt)}</span>; what comes meanwhile is recorded</span>`;
    }
    const { frames, bytesIn, bytesOut, shown, matching } = view.rates();
    const { captureGap } = view.counters;
    return html`
      <span class="light live">live</span>
      <span class="rate" title="All messages on all endpoints, exactly, over the last second"><b class="tabular">${short(frames)}</b>/s
        <span class="volume"><span class="in">↓</span>&thinsp;${size(bytesIn)}/s <span class="out">↑</span>&thinsp;${size(bytesOut)}/s</span></span>
      <span class="shown" title="What the table shows of them">${this.#shown(shown, matching, address)}</span>
      ${captureGap ? html`<span class="gap" title="The store could not keep up">${count(captureGap)} not recorded</span>` : nothing}`;
  }

  #shown(shown, matching, address) {
    if (matching - shown > 0.5) return html`shown <b class="tabular">${short(shown)}</b>/s of ${address.filtered ? 'what matches' : 'them'}`;
    if (!address.filtered) return 'all shown';
    return html`<b class="tabular">${short(matching)}</b>/s match, all shown`;
  }
}

customElements.define('sb-status', LiveStatus);

/** Whether a feed is live, and if not, what is being done about it. */
export function feedStatus(feed) {
  return feed.state === 'open' ? html`<span class="light live">live</span>` : notLive(feed);
}

function notLive(feed) {
  if (feed.state === 'connecting') return html`<span class="light">connecting…</span>`;
  const seconds = Math.max(0, Math.ceil((feed.retryAt - Date.now()) / 1000));
  return html`
    <span class="light lost">not live</span>
    <span class="lost-since">Connection lost at <span class="tabular">${clockSeconds(feed.lostAt)}</span>${feed.reason ? ` (${feed.reason})` : ''}; trying again${seconds ? ` in ${seconds} s` : '…'}</span>
    <button type="button" class="button small" @click=${() => feed.reconnect()}>Try now</button>`;
}
