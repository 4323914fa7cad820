import { html, nothing } from 'lit';
import { toText } from '../framing/bytes.js';
import { counted } from '../page/display.js';

const SHOWN = 128 * 1024;
/** Control characters, of which the line ends also end the line. */
const CONTROL = /(\r\n|[\u0000-\u0008\u000a-\u001f\u007f])/;

/** A payload as UTF-8 text, its control characters as small marks so that none is invisible. */
export function textView(bytes) {
  const cut = bytes.length > SHOWN;
  const { text, valid } = toText(cut ? bytes.subarray(0, SHOWN) : bytes);
  return html`
    ${valid || cut ? nothing : html`<p class="note">Not valid UTF-8: what could not be read stands as �.</p>`}
    <pre class="text">${marks(text)}</pre>
    ${cut ? html`<p class="note">The first ${counted(SHOWN, 'byte')} of ${counted(bytes.length, 'byte')}. The download has all of them.</p>` : nothing}`;
}

/** Text with its control characters as marks. */
export function marks(text) {
  return text.split(CONTROL).map((piece, i) => (i % 2 ? mark(piece) : piece));
}

function mark(control) {
  const picture = Array.from(control, character => (character === '\u007f' ? '␡' : String.fromCharCode(0x2400 + character.charCodeAt(0)))).join('');
  return html`<span class="control">${picture}</span>${control.endsWith('\n') ? '\n' : ''}`;
}
