import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { connectionNumber, counted } from '../page/display.js';
import { isRunning } from './types.js';

/** Where a send may go: every endpoint, and the connections of the one chosen; `choose` is told of another. */
export function targetChoice(endpoints, endpoint, target, choose) {
  const connections = endpoint ? endpoints.connectionsOf(endpoint.name) : [];
  const stray = target.connection && !connections.some(({ id }) => id === target.connection) ? [endpoints.connection(target.connection)].filter(Boolean) : [];
  const choice = (one, label) => html`<option value=${JSON.stringify(one)} .selected=${live(one.endpoint === target.endpoint && one.connection === target.connection)}>${label}</option>`;
  return html`
    <select class="mono" @change=${({ target: { value } }) => choose(JSON.parse(value))} ?disabled=${endpoints.items.length === 0}>
      ${endpoints.items.length === 0 ? html`<option value='{"endpoint":null,"connection":null}'>no endpoint yet</option>` : nothing}
      ${endpoints.items.map(one => html`
        ${choice({ endpoint: one.name, connection: null }, audience(one))}
        ${one.name === endpoint?.name ? [...connections, ...stray].map(({ id, remote, state }) =>
          choice({ endpoint: one.name, connection: id }, `\u2003${connectionNumber(id)} ${remote}${state === 'open' ? '' : ` (${state})`}`)) : nothing}`)}
    </select>`;
}

/** Why a send would come to nothing as things are, or null. */
export function hintOf(endpoint, connection) {
  if (!endpoint) return null;
  if (connection?.state === 'closed') return `${connectionNumber(connection.id)} is closed. Choose another.`;
  if (endpoint.type === 'tcp-server' && !connection && endpoint.counters.connectionsOpen === 0) return `No one is connected to ${endpoint.name} yet.`;
  if (endpoint.type === 'tcp-client' && endpoint.state !== 'connected') return `${endpoint.name} is ${endpoint.state}.`;
  return null;
}

/** The endpoint to begin with: a client that is connected can be spoken through at once. */
export function firstOf(endpoints) {
  return endpoints.items.find(({ type, state }) => type === 'tcp-client' && state === 'connected')
    ?? endpoints.items.find(({ counters }) => counters.connectionsOpen > 0) ?? endpoints.items[0];
}

/** Who gets what is sent to an endpoint. */
function audience({ name, type, state, counters }) {
  if (!isRunning({ state })) return `${name} (${state})`;
  if (type !== 'tcp-server') return name;
  return `${name} (${counters.connectionsOpen > 1 ? 'all ' : ''}${counted(counters.connectionsOpen, 'connection')})`;
}
