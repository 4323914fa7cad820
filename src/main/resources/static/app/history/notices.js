import { html, nothing } from 'lit';
import { Part } from '../page/part.js';
import { icon } from '../page/icons.js';
import { count, moment, sentence } from '../page/display.js';

const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/**
 * What a person must know of history whatever they look at: that traffic is not being recorded, and how the last run
 * ended. The alert is one element whose words stay as they are, so that a screen reader says it once; what goes on
 * changing stands beside it.
 */
class Notices extends Part {
  connectedCallback() {
    super.connectedCallback();
    this.redrawOn(this.board.recording, 'change');
  }

  render() {
    const { outage, lastRun } = this.board.recording;
    return html`
      ${outage ? html`
        <section class="outage" aria-label="Recording">
          <p role="alert"><b>Traffic is not being recorded</b> since ${moment(outage.since)}: ${sentence(outage.reason)}</p>
          <p class="lost">${outage.framesLost ? html`<span class="tabular">${count(outage.framesLost)}</span> frames lost so far. ` : nothing}Sockets go on, and recording resumes by itself.</p>
        </section>` : nothing}
      ${lastRun ? html`
        <section class="last-run" aria-label="The last run">
          <p role="status">${lastRun.replaceAll(INSTANT, at => moment(at))}</p>
          <button type="button" class="icon-button" title="Dismiss" @click=${() => this.board.recording.dismiss()}>${icon('close')}<span class="visually-hidden">Dismiss</span></button>
        </section>` : nothing}`;
  }
}

customElements.define('sb-notices', Notices);
