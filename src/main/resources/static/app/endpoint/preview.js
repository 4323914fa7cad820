import { html, nothing } from 'lit';
import { hexByte, isPrintable } from '../framing/bytes.js';
import { counted } from '../page/display.js';

const SHOWN = 32;
const TAIL = 8;

/** The length of a payload and as much of its two ends as the preview shows. */
export function endsOf(bytes) {
  const long = bytes.length > SHOWN;
  return { length: bytes.length, head: long ? bytes.subarray(0, SHOWN - TAIL) : bytes, tail: long ? bytes.subarray(-TAIL) : new Uint8Array() };
}

/** The same of a file, of which no more is read. */
export async function endsOfFile(file) {
  const part = async blob => new Uint8Array(await blob.arrayBuffer());
  if (file.size <= SHOWN) return endsOf(await part(file));
  return { length: file.size, head: await part(file.slice(0, SHOWN - TAIL)), tail: await part(file.slice(-TAIL)) };
}

/** What will go out, byte for byte, the framing's bytes in another tone; of a long payload its two ends. */
export function bytePreview({ length, head, tail }, { before, after }) {
  const added = before.length + after.length;
  const between = length - head.length - tail.length;
  return html`
    <div class="bytes mono">
      ${cells(before, 'framing')}${cells(head, '')}${between ? html`<span class="cell cut" title="${between} more bytes">…</span>` : nothing}${cells(tail, '')}${cells(after, 'framing')}
      <span class="total">${counted(length, 'byte')}${added ? html` <span class="framing-note">+ ${added} framing</span>` : nothing}</span>
    </div>`;
}

function cells(bytes, kind) {
  return Array.from(bytes, byte => html`<span class="cell ${kind}"><span>${hexByte(byte)}</span><span class="character">${isPrintable(byte) ? String.fromCharCode(byte) : '·'}</span></span>`);
}
