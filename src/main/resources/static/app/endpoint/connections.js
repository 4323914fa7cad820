import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Part } from '../page/part.js';
import { connectionNumber, count, counted, moment, size } from '../page/display.js';
import { beginning, endings } from './facts.js';
import { spark } from './spark.js';
import { at } from '../page/root.js';

/** The connections of one endpoint, those that are open first, each with what crosses it and the ways to end it. */
class Connections extends Part {
  static properties = { trouble: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.redrawOn(this.board.endpoints, 'change');
    this.redrawOn(this.board.closed, 'change');
  }

  render() {
    const { endpoint, connections, closed, endpoints } = this.board;
    // Deleted, it is gone before the page has drawn itself anew.
    if (!endpoint) return nothing;
    const open = connections.toReversed();
    const rest = endpoint.counters.connectionsOpen - open.length;
    if (open.length + closed.items.length === 0) return html`<p class="quiet">${endpoint.type === 'udp' ? 'No peer yet: whoever sends a datagram becomes one.' : 'None yet.'}</p>`;
    return html`
      <div class="scroller" tabindex="0" role="region" aria-label="Rows of connections">
        <table>
          <thead><tr><th scope="col"><span aria-hidden="true">#</span><span class="visually-hidden">Connection</span></th><th scope="col">Peer</th><th scope="col">State</th><th scope="col">${beginning(open[0]?.role ?? closed.items[0].role)}</th>
            <th scope="col" class="amount">In</th><th scope="col" class="amount">Out</th><th scope="col">Bytes a second</th><th scope="col" data-acts><span class="visually-hidden">End it</span></th></tr></thead>
          <tbody>${this.#rows(open)}</tbody>
          ${rest > 0 ? html`<tbody><tr><td colspan="8" class="rest">${count(rest)} more open
            ${endpoints.listed < 1000 ? html`<button type="button" class="link-button" @click=${() => endpoints.list(endpoints.listed + 200)}>Show more</button>` : nothing}</td></tr></tbody>` : nothing}
          <tbody class="closed">${this.#rows(closed.items)}</tbody>
        </table>
      </div>
      ${closed.more ? html`<button type="button" class="button small" @click=${() => closed.older()}>Older ones</button>` : nothing}`;
  }

  /** A row stays with its connection as others come and go: so does the focus on a button in it. */
  #rows(connections) {
    return repeat(connections, ({ id }) => id, connection => this.#row(connection));
  }

  #row(connection) {
    const { id, remote, state, openedAt, closedAt, closeReason, closeDetail, framesIn, framesOut, bytesIn, bytesOut } = connection;
    const { name, pulse } = this.board;
    const where = new URLSearchParams({ endpoint: name, connection: id });
    return html`
      <tr class=${state}>
        <th scope="row" class="mono">${connectionNumber(id)}</th>
        <td class="mono"><a href="${at(closedAt ? '/history' : '/')}?${where}" title="Its messages">${remote}</a></td>
        <td>${closedAt ? html`closed ${moment(closedAt)}, ${closeDetail ?? closeReason}` : state}</td>
        <td class="tabular">${moment(openedAt)}</td>
        <td class="amount tabular" title=${counted(framesIn, 'message')}>${size(bytesIn)}</td>
        <td class="amount tabular" title=${counted(framesOut, 'message')}>${size(bytesOut)}</td>
        <td class="pulse">${closedAt ? nothing : spark(pulse.of(id))}</td>
        <td data-acts>${endings(connection, how => this.#end(connection, how))}
          ${this.trouble?.id === id ? html`<p class="error" role="alert">${this.trouble.message}</p>` : nothing}</td>
      </tr>`;
  }

  async #end(connection, how) {
    this.trouble = null;
    try {
      await this.board.endpoints.end(connection, how);
    } catch (problem) {
      this.trouble = { id: connection.id, message: problem.message };
    }
    await this.updateComplete;
    if (document.activeElement === document.body) this.querySelector('.scroller')?.focus();
  }
}

customElements.define('sb-connections', Connections);
