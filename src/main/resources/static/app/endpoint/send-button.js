import { html } from 'lit';
import { icon } from '../page/icons.js';

/** Sends, where it `can`, or stops what is `running`: one button for both, so that the focus stays on it. */
export function sendButton(running, can) {
  const clicked = event => {
    if (!running) return;
    event.preventDefault();
    running.abort();
  };
  return html`
    <button class="button send ${running ? '' : 'primary'}" ?disabled=${!running && !can} title=${running ? 'Send no more of them' : 'Ctrl or ⌘ with Enter'} @click=${clicked}>
      ${icon(running ? 'stop' : 'send')}${running ? 'Stop' : 'Send'}</button>`;
}
