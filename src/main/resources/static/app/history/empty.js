import { html } from 'lit';
import { command } from '../page/copy.js';
import { moment } from '../page/display.js';
import { conditions } from './words.js';
import { at, home } from '../page/root.js';

/** What the table says when a search found nothing: why, and what to do next. */
export function emptiness({ view, address, filter }) {
  if (view.phase === 'failed') {
    return html`<h2>The search did not work</h2><p>${view.trouble}</p>
      <button type="button" class="button" @click=${() => view.resume()}>Try again</button>`;
  }
  if (view.phase === 'searching') return html`<p class="quiet">Searching…${view.searchedTo ? ` Nothing found back to ${moment(view.searchedTo)} so far.` : ''}</p>`;
  if (view.phase === 'stopped') {
    return html`<h2>Stopped</h2><p>${view.searchedTo ? `Nothing was found back to ${moment(view.searchedTo)}. What is older was not looked at.` : 'Nothing was looked at yet.'}</p>
      <button type="button" class="button" @click=${() => view.resume()}>Go on</button>`;
  }
  const which = conditions(filter);
  if (which.length) {
    const { since, until, from, to } = address;
    return html`<h2>Nothing matches</h2><p>There are no frames ${which.join(', ')} in history.</p>
      <p class="ways">${since || until || from || to ? html`<button type="button" class="button" @click=${() => address.set({ since: null, until: null, from: null, to: null })}>Look at all times</button>` : ''}
        <button type="button" class="button" @click=${() => address.set(NOTHING)}>Clear the filter</button></p>`;
  }
  return html`<h2>History is empty</h2><p>Whatever crosses an endpoint is kept here as it happens. <span data-acts>Send something on <a href=${at('/')}>Live</a>, or drop a capture on this page: pcap, pcapng or NDJSON.</span></p>
    <div data-acts>${command(`curl '${home}/api/messages/import?name=capture' --data-binary @capture.pcapng`)}</div>`;
}

const NOTHING = Object.fromEntries(['endpoint', 'connection', 'direction', 'origin', 'contains', 'containsHex', 'since', 'until', 'from', 'to'].map(key => [key, null]));
