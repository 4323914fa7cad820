import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { connectionNumber, counted } from '../page/display.js';
import { isRunning } from './types.js';

/** Where a send may go: every endpoint, and the connections of the one chosen; `choose` is told of another. */
export function targetChoice(endpoints, endpoint, target, choose) {
  const connections = endpoint ? endpoints.connectionsOf(endpoint.name) : [];
  const stray = target.connection && !connections.some(({ id }) => id === target.connection) ? [endpoints.connection(target.connection)].filter(Boolean) : [];
  // Without an option of its own, a select would show the first one in its place.
  const unlisted = target.endpoint && (!endpoint || (target.connection && !connections.some(({ id }) => id === target.connection) && stray.length === 0));
  const choice = (one, label) => html`<option value=${JSON.stringify(one)} .selected=${live(one.endpoint === target.endpoint && one.connection === target.connection)}>${label}</option>`;
  return html`
    <select class="mono" @change=${({ target: { value } }) => choose(JSON.parse(value))} ?disabled=${endpoints.items.length === 0}>
      ${endpoints.items.length === 0 ? html`<option value='{"endpoint":null,"connection":null}'>no endpoint yet</option>` : nothing}
      ${unlisted && endpoints.items.length ? choice(target, `${target.connection ? connectionNumber(target.connection) : target.endpoint}${isGone(endpoints, target) ? ' (gone)' : ''}`) : nothing}
      ${endpoints.items.map(one => html`
        ${choice({ endpoint: one.name, connection: null }, audience(one))}
        ${one.name === endpoint?.name ? [...connections, ...stray].map(({ id, remote, state }) =>
          choice({ endpoint: one.name, connection: id }, `\u2003${connectionNumber(id)} ${remote}${state === 'open' ? '' : ` (${state})`}`)) : nothing}`)}
    </select>`;
}

/** Why a send would come to nothing as things are, or null. */
export function hintOf(endpoints, target, connection) {
  if (isGone(endpoints, target)) return `${target.connection ? `${connectionNumber(target.connection)} is gone` : `There is no ${target.endpoint} any more`}. Choose where to send to.`;
  const endpoint = endpoints.find(target.endpoint);
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

/** Whether the server knows of none by that name or id. */
export function isGone(endpoints, { endpoint, connection }) {
  if (connection && endpoints.isGone(connection)) return true;
  return Boolean(endpoint) && endpoints.loaded && !endpoints.find(endpoint);
}

/** Who gets what is sent to an endpoint. */
function audience({ name, type, state, counters }) {
  if (!isRunning({ state })) return `${name} (${state})`;
  if (type !== 'tcp-server') return name;
  return `${name} (${counters.connectionsOpen > 1 ? 'all ' : ''}${counted(counters.connectionsOpen, 'connection')})`;
}
