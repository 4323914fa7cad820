import { html, nothing } from 'lit';
import { icon } from './icons.js';
import { withQuery } from './http.js';
import { viewOnly } from './role.js';
import './theme.js';
import { at } from './root.js';

/** The top of every page: its name, the way to the others, how things are, and what is always at hand. */
export function bar(board, { menu = nothing, status }) {
  const { endpoint, connection, direction, contains } = board.address;
  const shared = { endpoint, connection, direction, contains };
  const place = (page, path, label) => html`<a href=${at(withQuery(path, shared))} aria-current=${board.page === page ? 'page' : nothing}>${label}</a>`;
  return html`
    <header class="bar">
      ${menu}
      <h1><svg class="logo" viewBox="0 0 24 24" aria-hidden="true"><circle cx="5" cy="6" r="2.25"/><circle cx="12" cy="6" r="2.25"/><circle cx="19" cy="6" r="2.25"/><circle cx="5" cy="18" r="2.25"/><circle cx="12" cy="18" r="2.25"/><circle cx="19" cy="18" r="2.25"/><path d="M5 6C5 13 19 11 19 18"/></svg><span class="brand">Switchboard</span></h1>
      <nav class="places" aria-label="Pages">${place('live', '/', 'Live')}${place('history', '/history', 'History')}</nav>
      ${viewOnly ? html`<span class="view-only" title="Your token may look and not act. To act, open the address with the operator’s token.">${icon('eye')}View only</span>` : nothing}
      ${status}
      <span class="spring"></span>
      <a class="button api" href=${at('/swagger-ui.html')}>API</a>
      <sb-theme></sb-theme>
      <button type="button" class="icon-button" title="Help  ( ? )" @click=${() => board.help()}>${icon('help')}<span class="visually-hidden">Help</span></button>
    </header>`;
}
