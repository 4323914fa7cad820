import { html, nothing } from 'lit';
import { CHARSETS, decode } from '../framing/charsets.js';
import { counted } from '../page/display.js';

const SHOWN = 128 * 1024;
const STORED = 'switchboard.charset';
/**
 * What would not be seen or would change how other characters are seen: controls, of which the line ends (CR LF, LF and
 * EBCDIC's NEL) also end the line, and marks of no width or of direction.
 */
const UNSEEN = /(\r\n|[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff])/;

export function storedCharset() {
  const stored = localStorage.getItem(STORED);
  return Object.hasOwn(CHARSETS, stored ?? '') ? stored : 'utf-8';
}

/** A payload as text in a character set, what can't be seen as small marks; `choose` is told of another set. */
export function textView(bytes, charset, choose) {
  const cut = bytes.length > SHOWN;
  const { text, valid } = decode(cut ? bytes.subarray(0, SHOWN) : bytes, charset, cut);
  return html`
    <div class="charset"><label>Read as
      <select @change=${({ target: { value } }) => { localStorage.setItem(STORED, value); choose(value); }}>
        ${Object.entries(CHARSETS).map(([name, label]) => html`<option value=${name} .selected=${name === charset}>${label}</option>`)}
      </select></label>
      ${valid ? nothing : html`<span class="note">Not valid ${CHARSETS[charset]}: what could not be read stands as �.</span>`}
    </div>
    <pre class="text">${marks(text)}</pre>
    ${cut ? html`<p class="note">The first ${counted(SHOWN, 'byte')} of ${counted(bytes.length, 'byte')}. The download has all of them.</p>` : nothing}`;
}

/** Text with what can't be seen as marks. */
export function marks(text) {
  return text.split(UNSEEN).map((piece, i) => (i % 2 ? mark(piece) : piece));
}

function mark(piece) {
  return html`<span class="control">${Array.from(piece, picture).join('')}</span>${/[\n\u0085\u2028\u2029]$/.test(piece) ? '\n' : ''}`;
}

/** The picture Unicode has for a control character, else its code point. */
export function picture(character) {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  return code === 0x85 ? '␤' : `‹${code.toString(16).padStart(2, '0').toUpperCase()}›`;
}

/** A text in one line, what can't be seen as marks. */
export function visible(text) {
  return text.split(UNSEEN).map((piece, i) => (i % 2 ? Array.from(piece, picture).join('') : piece)).join('');
}
