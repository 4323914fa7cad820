import { html } from 'lit';
import { hexByte, isPrintable, toText } from '../framing/bytes.js';
import { marks } from '../history/text.js';

const LINE = 16;

/** The bytes of a frame within a line of text: as text, as hex, or both, side by side. */
export function frameView(bytes, show) {
  if (bytes.length === 0) return html`<span class="nothing">no bytes</span>`;
  if (show === 'hex') return html`<span class="hex">${hexOf(bytes)}</span>`;
  if (show === 'text') return marks(toText(bytes).text);
  return Array.from({ length: Math.ceil(bytes.length / LINE) }, (_, i) => {
    const slice = bytes.subarray(i * LINE, (i + 1) * LINE);
    return html`<span class="line"><span class="hex">${hexOf(slice)}</span><span class="characters">${charactersOf(slice)}</span></span>`;
  });
}

function hexOf(bytes) {
  return Array.from(bytes, hexByte).join(' ');
}

function charactersOf(bytes) {
  return Array.from(bytes, byte => (isPrintable(byte) ? String.fromCharCode(byte) : '·')).join('');
}
