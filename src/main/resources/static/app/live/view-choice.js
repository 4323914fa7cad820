import { html } from 'lit';
import { icon } from '../page/icons.js';

/** The choice between the table and the conversation. */
export function viewChoice(address) {
  const choice = (view, label) => html`<button type="button" aria-pressed=${address.view === view} @click=${() => address.set({ view: view === 'table' ? null : view })}>${icon(view)}<span class="word">${label}</span></button>`;
  return html`<div class="choices" role="group" aria-label="View">${choice('table', 'Table')}${choice('conversation', 'Conversation')}</div>`;
}
