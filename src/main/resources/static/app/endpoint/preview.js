import { html, nothing } from 'lit';
import { hexByte, isPrintable } from '../framing/bytes.js';
import { counted } from '../page/display.js';

const SHOWN = 32;

/** What will go out, byte for byte, the framing's bytes in another tone; of a long payload its two ends. */
export function bytePreview(payload, { before, after }) {
  const long = payload.length > SHOWN;
  const head = long ? payload.subarray(0, SHOWN - 8) : payload;
  const tail = long ? payload.subarray(-8) : [];
  const added = before.length + after.length;
  return html`
    <div class="bytes mono">
      ${cells(before, 'framing')}${cells(head, '')}${long ? html`<span class="cell cut" title="${payload.length - SHOWN} more bytes">…</span>` : nothing}${cells(tail, '')}${cells(after, 'framing')}
      <span class="total">${counted(payload.length, 'byte')}${added ? html` <span class="framing-note">+ ${added} framing</span>` : nothing}</span>
    </div>`;
}

function cells(bytes, kind) {
  return Array.from(bytes, byte => html`<span class="cell ${kind}"><span>${hexByte(byte)}</span><span class="character">${isPrintable(byte) ? String.fromCharCode(byte) : '·'}</span></span>`);
}
