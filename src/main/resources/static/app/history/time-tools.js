import { html, nothing } from 'lit';
import { icon } from '../page/icons.js';

const RANGES = [['5 min', 'the last five minutes', 300_000], ['1 h', 'the last hour', 3_600_000], ['24 h', 'the last day', 86_400_000]];

/** Ways through time: the recent past, all there is, into what is chosen and back. */
export function timeTools(board) {
  const { address } = board;
  const recent = length => {
    const now = Date.now();
    board.goTo({ from: new Date(now - length).toISOString(), to: new Date(now).toISOString() });
  };
  return html`
    <div class="tools">${board.choice ? html`
      <button type="button" class="button small" title="Zoom to what is chosen  ( + )" @click=${() => board.zoom()}>${icon('zoom')}<span class="words">Zoom</span></button>
      <button type="button" class="button small" title="Choose all of the time in view" @click=${() => address.set({ since: null, until: null })}>${icon('close')}<span class="words">Clear choice</span></button>` : nothing}
    ${address.from || address.to ? html`<button type="button" class="button small" title="Back to the time in view before  ( − )" @click=${() => board.widen()}>${icon('back')}<span class="words">Zoom out</span></button>` : nothing}
    <div class="ranges" role="group" aria-label="Time in view">
      ${RANGES.map(([label, words, length]) => html`<button type="button" class="button small" aria-label="${label}: look at ${words}" @click=${() => recent(length)}>${label}</button>`)}
      <button type="button" class="button small" aria-label="All: look at all times" aria-pressed=${!address.from && !address.to && !board.choice} @click=${() => board.goTo({ from: null, to: null })}>All</button>
    </div></div>`;
}
