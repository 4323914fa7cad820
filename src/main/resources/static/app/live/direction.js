import { html } from 'lit';
import { DIRECTIONS } from '../page/display.js';

/** The choice of a direction, or of both. */
export function directionChoice(address) {
  const choice = (direction, label) => html`<button type="button" aria-pressed=${address.direction === direction} @click=${() => address.set({ direction })}>${label}</button>`;
  return html`
    <div class="choices" role="group" aria-label="Direction">
      ${choice(null, 'All')}
      ${Object.entries(DIRECTIONS).map(([direction, { glyph, word }]) =>
        choice(direction, html`<span aria-hidden="true">${glyph}</span> <span class="word">${word[0].toUpperCase()}${word.slice(1)}</span>`))}
    </div>`;
}
