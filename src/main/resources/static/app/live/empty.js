import { html } from 'lit';
import { command } from '../page/copy.js';
import { withQuery } from '../page/http.js';
import { at, home } from '../page/root.js';

/** What an empty table says: why it is empty, and what to do next. */
export function emptiness(board) {
  const { view, address, endpoints } = board;
  if (view.state === 'lost') {
    return html`<h2>Switchboard does not answer</h2><p>Is it still running? The page comes back by itself as soon as it is.</p>`;
  }
  if (view.filling) return html`<p class="quiet">Fetching what was recorded…</p>`;
  if (view.clearedAt) {
    return html`<h2>The table was cleared</h2><p>What was recorded is kept. New rows appear here as they come.</p>
      <button type="button" class="button" @click=${() => view.fill()}>Bring back the recent ones</button>`;
  }
  if (address.direction || address.contains) {
    return html`<h2>Nothing matches the filter yet</h2><p>${inWords(address)} The server filters, so no row that matches is left out.</p>
      <button type="button" class="button" @click=${() => address.set({ direction: null, contains: null })}>Clear the filter</button>`;
  }
  if (address.endpoint && endpoints.loaded && !endpoints.find(address.endpoint)) {
    return html`<h2>There is no endpoint <span class="mono">${address.endpoint}</span></h2><p>It may have been deleted, or the name is misspelt. What is recorded of it stays in history.</p>
      <p><button type="button" class="button" @click=${() => address.set({ endpoint: null, connection: null })}>Show all endpoints</button>
        <a class="button" href=${at(withQuery('/history', { endpoint: address.endpoint }))}>Its history</a></p>`;
  }
  const connection = endpoints.connection(address.connection);
  if (connection?.state === 'closed' || endpoints.isGone(address.connection)) {
    return html`<h2>Nothing crossed this connection lately</h2><p>It is closed, so nothing will. What is recorded of it stays in history.</p>
      <a class="button" href=${at(withQuery('/history', { endpoint: address.endpoint, connection: address.connection }))}>Its history</a>`;
  }
  if (address.connection) {
    return html`<h2>Nothing on this connection yet</h2><p data-acts>Send something with the composer, or wait for the peer.</p>
      <button type="button" class="button" data-acts @click=${() => board.compose()}>Write a message</button>`;
  }
  const endpoint = endpoints.find(address.endpoint);
  if (endpoint) return forEndpoint(board, endpoint);
  if (endpoints.loaded && endpoints.items.length === 0) {
    return html`<h2>No endpoint yet</h2><p>An endpoint is a socket that Switchboard holds: a TCP server, a TCP client, or a UDP socket.</p>
      <button type="button" class="button primary" data-acts @click=${() => board.newEndpoint()}>Make the first one</button>
      <p class="quiet" data-acts>or from a terminal</p>
      <div data-acts>${command(`curl ${home}/api/endpoints -H 'Content-Type: application/json' -d '{"name": "server", "type": "tcp-server", "bind": "127.0.0.1:0"}'`)}</div>`;
  }
  return html`<h2>All quiet</h2><p>Messages and life-cycle events appear here as they happen. <span data-acts>Begin one yourself:</span></p>
    <button type="button" class="button" data-acts @click=${() => board.compose()}>Write a message</button>
    ${endpoints.items.filter(({ state, type }) => state === 'listening' && type === 'tcp-server').slice(0, 1).map(forListening)}`;
}

function forEndpoint(board, endpoint) {
  const { name, state, localAddress } = endpoint;
  switch (state) {
    case 'stopped':
      return html`<h2>${name} is stopped</h2><p>Its socket is closed. Its history stays.</p>
        <button type="button" class="button primary" data-acts @click=${() => board.endpoints.start(name)}>Start it</button>`;
    case 'failed':
      return html`<h2>${name} failed</h2><p>${endpoint.failure}</p>
        <button type="button" class="button primary" data-acts @click=${() => board.endpoints.start(name)}>Try again</button>`;
    case 'listening': return forListening(endpoint);
    case 'bound':
      return html`<h2>Bound to <span class="mono">${localAddress}</span></h2><p>Each datagram that arrives becomes a row. Try</p>
        ${command(`echo hello | nc -u -w1 ${hostAndPort(localAddress)}`)}`;
    case 'connected':
      return html`<h2>Connected to <span class="mono">${endpoint.remote}</span></h2><p>Nothing was said yet.</p>
        <button type="button" class="button" data-acts @click=${() => board.compose()}>Say something</button>`;
    default:
      return html`<h2>${name} is ${state}</h2>
        <p>${state === 'connecting' ? html`No one answers at <span class="mono">${endpoint.remote}</span> yet. It tries again by itself. To give it a peer:` : 'A moment.'}</p>
        ${state === 'connecting' ? command(`nc -l ${hostAndPort(endpoint.remote)}`) : ''}`;
  }
}

function forListening({ localAddress }) {
  return html`<h2>Listening on <span class="mono">${localAddress}</span></h2><p>Connect to it and type a line:</p>
    ${command(`nc ${hostAndPort(localAddress)}`)}`;
}

/** `host port` as nc takes them; a wildcard address is reached through loopback. */
function hostAndPort(address) {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/^\[|\]$/g, '');
  return `${{ '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host} ${address.slice(colon + 1)}`;
}

function inWords({ direction, contains }) {
  const which = { in: 'Rows that came in', out: 'Rows that went out' }[direction] ?? 'Rows';
  return contains ? `${which} and contain “${contains}”.` : `${which}.`;
}
