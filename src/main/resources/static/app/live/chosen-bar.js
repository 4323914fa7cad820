import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { icon } from '../page/icons.js';
import { writeClipboardLater } from '../page/copy.js';
import { counted } from '../page/display.js';
import { copyOf, FORMATS } from './copying.js';

/** Where several rows are chosen: how many, and ways to copy them. */
class ChosenBar extends Part {
  static properties = { said: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.on(this.board.chosen, 'change', () => { this.said = null; this.requestUpdate(); });
  }

  render() {
    const { chosen, view } = this.board;
    const several = chosen.size > 1;
    return html`
      <div class="chosen-bar" role="toolbar" aria-label="Rows chosen" ?hidden=${!several && !this.said}>
        <span role="status">${this.said ?? `${counted(chosen.size, 'row')} chosen`}</span>
        <span class="spring"></span>
        ${several ? html`
          <span class="quiet">Copy as</span>
          ${Object.entries(FORMATS).map(([format, label]) => html`<button type="button" class="button small" @click=${() => this.copy(format)}>${label}</button>`)}
          <button type="button" class="button small" title="Choose all rows loaded  ( Ctrl A )" @click=${() => chosen.all(view.rows)}>All loaded</button>` : nothing}
        <button type="button" class="icon-button" title="Choose one row only" @click=${() => this.#close()}>${icon('close')}<span class="visually-hidden">Choose one row only</span></button>
      </div>`;
  }

  async copy(format) {
    const { chosen, view } = this.board;
    if (chosen.size === 0) return;
    this.said = 'Copying…';
    try {
      const copy = copyOf(chosen.ids, view.rows, format);
      await writeClipboardLater(copy.then(({ text }) => text));
      this.said = (await copy).words;
    } catch (problem) {
      this.said = problem.fields ? problem.message : 'The browser does not let the page copy this.';
    }
  }

  #close() {
    const { chosen, address } = this.board;
    chosen.only(address.message ?? address.event);
    this.board.focusRows();
  }
}

customElements.define('sb-chosen', ChosenBar);
