import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Part } from '../page/part.js';
import { icon } from '../page/icons.js';
import { connectionNumber, count, short, portOf, clockSeconds } from '../page/display.js';
import { connectionFacts, endings, facts } from './facts.js';
import { TYPES, lightOf } from './types.js';
import './actions.js';
import { at } from '../page/root.js';

/** The endpoints with their state and connections. Choosing one filters the table and aims the composer. */
class EndpointList extends Part {
  static properties = { trouble: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.redrawOn(this.board.endpoints, 'change');
    this.redrawOn(this.board.address, 'change');
    this.redrawOn(this.board.feed, 'state');
    this.on(this.board.address, 'change', () => { this.trouble = null; });
  }

  render() {
    const { endpoints, address } = this.board;
    const stale = !endpoints.reachable || this.board.feed.state === 'lost';
    return html`
      <header>
        <h2>Endpoints</h2>
        <button type="button" class="button small" data-acts title="New endpoint  ( n )" @click=${() => this.board.newEndpoint()}>${icon('plus')}New</button>
      </header>
      ${stale && endpoints.asOf ? html`<p class="as-of">As of <span class="tabular">${clockSeconds(endpoints.asOf)}</span></p>` : nothing}
      <ul class=${stale ? 'stale' : ''}>
        <li>
          <button type="button" class="entry all" aria-current=${!address.endpoint && !address.connection} @click=${() => this.#choose(null, null)}>
            <span class="name">All endpoints</span><span class="quiet tabular">${endpoints.items.length || ''}</span>
          </button>
        </li>
        ${repeat(endpoints.items, ({ name }) => name, endpoint => this.#endpoint(endpoint))}
      </ul>
      ${endpoints.loaded && endpoints.items.length === 0 ? html`<p class="none">None yet. <button type="button" class="link-button" data-acts @click=${() => this.board.newEndpoint()}>Make one</button></p>` : nothing}`;
  }

  #endpoint(endpoint) {
    const { address } = this.board;
    const { name, type, state, counters } = endpoint;
    const here = address.endpoint === name;
    return html`
      <li class=${here ? 'here' : ''}>
        <button type="button" class="entry" data-endpoint=${name} aria-current=${here && !address.connection} @click=${() => this.#choose(name, null)}>
          <span class="light ${lightOf(state)}" aria-hidden="true"></span>
          <span class="name mono">${name}</span>
          <span class="port mono" title=${this.#where(endpoint)}>${portOf(endpoint.localAddress ?? endpoint.bind ?? endpoint.remote)}</span>
          <span class="facts">${TYPES[type]?.short ?? type}, ${state}</span>
          <span class="traffic tabular" title="${count(counters.framesIn)} in, ${count(counters.framesOut)} out"><span aria-hidden="true">→</span>${short(counters.framesIn)} <span aria-hidden="true">←</span>${short(counters.framesOut)}<span class="visually-hidden"> in, out</span></span>
        </button>
        ${endpoint.failure ? html`<p class="failure">${endpoint.failure}</p>` : nothing}
        ${here ? this.#details(endpoint) : nothing}
        ${this.#connections(endpoint)}
      </li>`;
  }

  #where({ localAddress, remote }) {
    return [localAddress && `local ${localAddress}`, remote && `remote ${remote}`].filter(Boolean).join(', ');
  }

  #details(endpoint) {
    const { name, description } = endpoint;
    return html`
      <div class="details">
        ${description ? html`<p>${description}</p>` : nothing}
        ${facts(endpoint)}
        <a href=${at(`/e/${name}`)}>Life cycle and connections</a>
        <sb-endpoint-actions .board=${this.board} .endpoint=${endpoint}></sb-endpoint-actions>
      </div>`;
  }

  #connections(endpoint) {
    const { endpoints, address } = this.board;
    const listed = endpoints.connectionsOf(endpoint.name);
    const chosen = address.endpoint === endpoint.name ? endpoints.connection(address.connection) : undefined;
    const gone = chosen && !listed.some(({ id }) => id === chosen.id) ? [chosen] : [];
    const visible = address.endpoint === endpoint.name ? listed : listed.slice(0, 3);
    const rest = endpoint.counters.connectionsOpen - visible.length;
    if (visible.length + gone.length === 0) return nothing;
    return html`
      <ul class="connections" aria-label="Connections of ${endpoint.name}">
        ${repeat([...gone, ...visible], ({ id }) => id, connection => this.#connection(connection))}
        ${rest > 0 ? html`<li class="rest">${count(rest)} more open</li>` : nothing}
      </ul>`;
  }

  #connection(connection) {
    const { id, endpoint, remote, state } = connection;
    const here = this.board.address.connection === id;
    return html`
      <li>
        <button type="button" class="entry connection ${state}" aria-current=${here} @click=${() => this.#choose(endpoint, id)}>
          <span class="name mono">${connectionNumber(id)}</span><span class="mono peer">${remote}</span>
          ${state === 'open' ? nothing : html`<span class="state">${state}</span>`}
        </button>
        ${here ? this.#connectionDetails(connection) : nothing}
      </li>`;
  }

  #connectionDetails(connection) {
    const { id } = connection;
    const end = how => this.#attempt(() => this.board.endpoints.end(connection, how), id);
    return html`
      <div class="details">
        ${connectionFacts(connection)}
        ${endings(connection, end)}
        ${this.trouble?.about === id ? html`<p class="error" role="alert">${this.trouble.message}</p>` : nothing}
      </div>`;
  }

  #choose(endpoint, connection) {
    this.board.address.set({ endpoint, connection });
    this.board.closeDrawer();
  }

  /** Puts the focus on the endpoint of that name; without one, on what makes one. */
  async focusEntry(name) {
    await this.updateComplete;
    const entry = [...this.querySelectorAll('[data-endpoint]')].find(({ dataset }) => dataset.endpoint === name);
    (entry ?? this.querySelector('header button')).focus();
  }

  async #attempt(action, about) {
    this.trouble = null;
    try {
      await action();
    } catch (problem) {
      this.trouble = { about, message: problem.message };
    }
    await this.updateComplete;
    if (document.activeElement === document.body) this.querySelector('.connection[aria-current=true]')?.focus();
  }
}

customElements.define('sb-endpoints', EndpointList);
