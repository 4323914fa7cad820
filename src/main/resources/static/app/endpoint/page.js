import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { bar } from '../page/bar.js';
import { icon } from '../page/icons.js';
import { clockSeconds, count, moment, short, size } from '../page/display.js';
import { definition, losses } from './facts.js';
import { spark } from './spark.js';
import { TYPES, lightOf } from './types.js';
import { feedStatus } from '../live/status.js';
import '../history/notices.js';
import '../page/help.js';
import './actions.js';
import './connections.js';
import './deleted.js';
import './event-log.js';
import './form.js';
import './life-cycle.js';
import { at } from '../page/root.js';

/** The page of one endpoint: how it is, the lives of its sockets, its connections, and its definition. */
class EndpointPage extends Part {
  connectedCallback() {
    super.connectedCallback();
    this.board.attach(this);
    this.redrawOn(this.board.endpoints, 'change');
    this.redrawOn(this.board.life, 'change');
    this.redrawOn(this.board.feed, 'state');
    this.every(1000, () => this.requestUpdate());
  }

  render() {
    const { board } = this;
    const { endpoint, endpoints } = board;
    return html`
      ${bar(board, { status: html`<sb-endpoint-status>${feedStatus(board.feed)}</sb-endpoint-status>` })}
      <sb-notices .board=${board}></sb-notices>
      <main class=${board.stale ? 'stale' : ''}>${endpoint ? this.#endpoint(endpoint) : endpoints.loaded ? this.#unknown() : html`<p class="quiet">${endpoints.reachable ? 'Fetching…' : 'Switchboard does not answer. The page comes back by itself as soon as it does.'}</p>`}</main>
      <sb-endpoint-form .board=${board}></sb-endpoint-form>
      <sb-deleted .board=${board}></sb-deleted>
      <sb-help .board=${board}></sb-help>`;
  }

  #endpoint(endpoint) {
    const { board } = this;
    const { name, type, state, startedAt, failure, description } = endpoint;
    return html`
      <header>
        <a class="icon-button" href=${at('/')} title="All endpoints">${icon('back')}<span class="visually-hidden">All endpoints</span></a>
        <h2><span class="light ${lightOf(state)}" aria-hidden="true"></span><span class="mono">${name}</span></h2>
        <p>${TYPES[type]?.label ?? type}, ${state}${startedAt ? html` <span class="quiet">since ${moment(startedAt)}</span>` : nothing}</p>
        <span class="spring"></span>
        <a class="button small" href=${at(`/?endpoint=${name}`)}>Live messages</a>
        <a class="button small" href=${at(`/history?endpoint=${name}`)}>History</a>
        <sb-endpoint-actions .board=${board} .endpoint=${endpoint}></sb-endpoint-actions>
      </header>
      ${failure ? html`<p class="failure" role="alert">${failure}</p>` : nothing}
      ${this.#numbers(endpoint)}
      <div class="story">
        <section aria-labelledby="life-title"><h3 id="life-title">Life cycle</h3><sb-life-cycle .board=${board}></sb-life-cycle></section>
        <section aria-labelledby="events-title"><h3 id="events-title">Events</h3><sb-event-log .board=${board}></sb-event-log></section>
      </div>
      <section aria-labelledby="connections-title"><h3 id="connections-title">${type === 'udp' ? 'Peers' : 'Connections'}</h3><sb-connections .board=${board}></sb-connections></section>
      <section class="definition" aria-labelledby="definition-title">
        <h3 id="definition-title">Definition</h3>
        ${description ? html`<p>${description}</p>` : nothing}
        <dl>
          <dt>Type</dt><dd>${TYPES[type]?.label ?? type}</dd>
          ${endpoint.bind ? html`<dt>Bind</dt><dd class="mono">${endpoint.bind}</dd>` : nothing}
          ${definition(endpoint)}
          ${endpoint.maxFrameBytes ? html`<dt>Longest frame</dt><dd class="tabular">${count(endpoint.maxFrameBytes)} bytes</dd>` : nothing}
          ${endpoint.reconnect === null ? nothing : html`<dt>Connects again</dt><dd>${endpoint.reconnect ? 'yes' : 'no'}</dd>`}
          <dt>Starts with Switchboard</dt><dd>${endpoint.autoStart ? 'yes' : 'no'}</dd>
        </dl>
      </section>`;
  }

  #numbers({ name, type, counters }) {
    const rates = this.board.pulse.of(name);
    const { endpoints, stale } = this.board;
    return html`
      <section class="numbers ${stale ? 'stale' : ''}" aria-label="Counters">
        <div><h3>In</h3><p class="in"><b class="tabular">${short(counters.framesIn)}</b> ${counters.framesIn === 1 ? 'message' : 'messages'}, ${size(counters.bytesIn)}</p>
          <p class="rate">${spark({ in: rates.in, out: [] })}<span class="tabular">${size(Math.round(rates.in.at(-1) ?? 0))}/s</span></p></div>
        <div><h3>Out</h3><p class="out"><b class="tabular">${short(counters.framesOut)}</b> ${counters.framesOut === 1 ? 'message' : 'messages'}, ${size(counters.bytesOut)}</p>
          <p class="rate">${spark({ in: [], out: rates.out })}<span class="tabular">${size(Math.round(rates.out.at(-1) ?? 0))}/s</span></p></div>
        <div><h3>${type === 'udp' ? 'Peers' : 'Connections'}</h3><p><b class="tabular">${count(counters.connectionsOpen)}</b> open, ${count(counters.connectionsTotal)} in all${counters.connectionsRefused ? html`, <b class="tabular refused">${count(counters.connectionsRefused)}</b> refused` : nothing}</p></div>
        <dl>${losses(counters)}</dl>
        ${stale && endpoints.asOf ? html`<p class="as-of">As of <span class="tabular">${clockSeconds(endpoints.asOf)}</span></p>` : nothing}
      </section>`;
  }

  #unknown() {
    const { board } = this;
    const { name, life } = board;
    return html`
      <div class="unknown">
        <h2>There is no endpoint <span class="mono">${name}</span></h2>
        <p>${life.events.length ? 'There was one: what is recorded of it stays.' : 'It may have been deleted, or the name is misspelt.'}</p>
        <p class="ways"><a class="button primary" href=${at('/')}>All endpoints</a>
          ${life.events.length ? html`<a class="button" href=${at(`/history?endpoint=${encodeURIComponent(name)}`)}>Its messages in history</a>` : nothing}</p>
      </div>
      ${life.events.length ? html`<section aria-labelledby="events-title"><h3 id="events-title">Events</h3><sb-event-log .board=${board}></sb-event-log></section>` : nothing}`;
  }

  duplicateEndpoint(endpoint) {
    this.querySelector('sb-endpoint-form').open(endpoint, true);
  }

  /** Of endpoints there is this one here: where it is gone, the way to bring it back goes first. */
  async focusEndpoints() {
    await this.updateComplete;
    if (!this.board.endpoint && this.board.deletions.last) this.querySelector('sb-deleted').focusLast();
    else this.querySelector('main a')?.focus();
  }

  help() {
    this.querySelector('sb-help').open();
  }

  newEndpoint() {
    this.querySelector('sb-endpoint-form').open();
  }

  editEndpoint(endpoint) {
    this.querySelector('sb-endpoint-form').open(endpoint);
  }
}

customElements.define('sb-endpoint-page', EndpointPage);
