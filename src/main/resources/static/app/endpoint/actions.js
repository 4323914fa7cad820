import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { icon } from '../page/icons.js';
import { isRunning } from './types.js';

/** What can be done with an endpoint, wherever on the page it stands; what went wrong with that is said below. */
class EndpointActions extends Part {
  static properties = { endpoint: { attribute: false }, trouble: { state: true } };

  willUpdate(changed) {
    if (changed.get('endpoint') && changed.get('endpoint').name !== this.endpoint.name) this.trouble = null;
  }

  render() {
    const { endpoint } = this;
    const { endpoints } = this.board;
    const { name, declared } = endpoint;
    const runs = isRunning(endpoint);
    return html`
      <div class="actions" data-acts>
        <button type="button" class="button small" @click=${() => this.#attempt(() => (runs ? endpoints.stop(name) : endpoints.start(name)))}>${icon(runs ? 'stop' : 'play')}${runs ? 'Stop' : 'Start'}</button>
        ${declared ? html`<span class="quiet">declared in the configuration</span>` : html`
          <button type="button" class="button small" @click=${() => this.board.editEndpoint(endpoint)}>${icon('edit')}Edit</button>`}
        <button type="button" class="button small" title="Make another one like it" @click=${() => this.board.duplicateEndpoint(endpoint)}>Duplicate</button>
        ${declared ? nothing : html`<button type="button" class="button small danger" @click=${() => this.#attempt(() => this.board.deleteEndpoint(name))}>Delete</button>`}
      </div>
      ${this.trouble ? html`<p class="error" role="alert">${this.trouble}</p>` : nothing}`;
  }

  async #attempt(action) {
    this.trouble = null;
    try {
      await action();
    } catch (problem) {
      this.trouble = problem.message;
    }
  }
}

customElements.define('sb-endpoint-actions', EndpointActions);
