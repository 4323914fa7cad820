import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { icon } from '../page/icons.js';
import { call, withQuery } from '../page/http.js';
import { count, counted, moment } from '../page/display.js';
import { amount, deletion } from './words.js';
import { at } from '../page/root.js';

const FORMATS = { pcapng: 'for Wireshark and tcpdump', ndjson: 'one JSON object a line', csv: 'a table' };
/** Forgetting may mean to write much of the log anew. */
const PATIENCE = 600_000;

/** How far the search came and how much it means, and what can be done with that: leave the house, go, or come in. */
class Outcome extends Part {
  static properties = { said: { state: true }, bad: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.redrawOn(this.board.view, 'status rows');
    this.redrawOn(this.board.traffic, 'change');
    this.redrawOn(this.board.recording, 'change');
    this.on(this.board.address, 'change', ({ detail }) => { if (!detail.has('message') && !detail.has('tab')) this.said = null; });
  }

  render() {
    const { chosen } = this.board.traffic;
    const frames = chosen ? chosen.framesIn + chosen.framesOut : 0;
    return html`
      <div class="found">${this.#found()}</div>
      <p class="said ${this.bad ? 'bad' : ''}" role="status">${this.busy ? html`<progress aria-label=${this.busy}></progress> ${this.busy}` : this.said}</p>
      <span class="spring"></span>
      <div class="actions">
        ${frames ? html`
          <div class="export" role="group" aria-label="Export">
            <span class="label">${icon('download')}<span class="much tabular">${amount(chosen)}</span><span>as</span></span>
            ${Object.entries(FORMATS).map(([format, words]) => html`
              <a class="button small" href=${at(withQuery('/api/messages/export', { format, ...this.board.counted }))} download
                 title="${format}, ${words} · ${amount(chosen)}" aria-label="${format} · ${amount(chosen)}">${format}</a>`)}
          </div>
          <button type="button" class="button small danger" data-acts ?disabled=${Boolean(this.busy)} @click=${this.#forget}>${icon('clear')}Forget…</button>` : nothing}
        <button type="button" class="button small" data-acts @click=${() => this.querySelector('input[type=file]').click()}>${icon('upload')}Import…</button>
        <input type="file" hidden accept=".pcap,.pcapng,.cap,.ndjson,.jsonl,.json,.gz" @change=${this.#picked}>
        <button type="button" class="button small" title="Search again, up to now" @click=${() => this.board.look()}>${icon('refresh')}<span class="words">Refresh</span></button>
      </div>`;
  }

  #found() {
    const { view, traffic } = this.board;
    const { rows, phase, searchedTo, startedAt } = view;
    const found = counted(rows.messages, 'frame');
    const back = searchedTo ? `back to ${moment(searchedTo)}` : '';
    const seconds = html`<span class="quiet hint">as of <span class="tabular">${moment(startedAt)}</span></span>`;
    switch (phase) {
      case 'searching':
        return html`
          <progress aria-label="Searching" max="1" value=${this.#fraction() || nothing}></progress>
          <span class="tabular">${view.state === 'stale' ? 'Searching…' : `Searched ${back}, ${rows.messages} found`}</span>
          <button type="button" class="button small" @click=${() => this.#stop()}>${icon('stop')}Stop</button>`;
      case 'stopped':
        return html`<span>Stopped: ${found} found${searchedTo ? `, searched ${back}` : ''}. What is older was not looked at.</span>
          <button type="button" class="button small" @click=${() => view.resume()}>Go on</button>`;
      case 'failed':
        return html`<span class="bad">${view.trouble}</span><button type="button" class="button small" @click=${() => view.resume()}>Try again</button>`;
      case 'full':
        return html`<span>The newest ${found} that match, ${back}. Narrow the filter or the time to see older ones.</span>`;
      case 'waiting':
        return html`<span>The newest <b class="tabular">${ofTotal(rows.messages, traffic.chosen)}</b><span class="hint">; older ones come as you scroll up</span></span> ${seconds}`;
      default:
        return html`<span><b class="tabular">${found}</b>, all that match</span> ${seconds}`;
    }
  }

  /** How much of the time asked for was searched. */
  #fraction() {
    const { view, traffic, filter } = this.board;
    const range = traffic.chosen ?? traffic.all;
    const begin = Date.parse(filter.since ?? range?.since ?? traffic.all?.since);
    const end = Date.parse(filter.until ?? range?.until ?? traffic.all?.until);
    const reached = Date.parse(view.searchedTo);
    return end > begin && reached <= end ? Math.min((end - reached) / (end - begin), 1) : 0;
  }

  #stop() {
    this.board.view.stop();
    this.board.traffic.stop();
  }

  async #forget() {
    const filter = { ...this.board.filter };
    const everything = Object.values(filter).every(value => !value);
    // What came after it was counted was not looked at by anyone, so it stays.
    const meant = everything ? filter : this.board.counted;
    if (!await this.board.confirm(deletion(filter, this.board.traffic.chosen))) return;
    this.busy = 'Forgetting…';
    this.bad = false;
    try {
      const { deleted } = await call('DELETE', withQuery('/api/messages', meant), { timeout: PATIENCE });
      this.said = `Forgot ${counted(deleted, 'frame')}.`;
    } catch (problem) {
      if (!problem.fields) throw problem;
      this.bad = true;
      this.said = problem.message;
    } finally {
      this.busy = null;
      this.board.recording.refresh();
      this.board.look();
    }
  }

  #picked({ target }) {
    const [file] = target.files;
    if (file) this.board.import(file);
    target.value = '';
  }
}

/** How many of how many, where that is known. */
function ofTotal(found, sums) {
  return sums ? `${count(found)} of ${sums.complete ? '' : 'at least '}${counted(sums.framesIn + sums.framesOut, 'frame')}` : counted(found, 'frame');
}

customElements.define('sb-outcome', Outcome);
