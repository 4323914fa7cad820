import { html, nothing } from 'lit';
import { toHex } from '../framing/bytes.js';
import { CHARSETS, decode } from '../framing/charsets.js';
import { numbersOf } from '../framing/numbers.js';
import { toCArray } from '../framing/spelling.js';
import { count, counted } from '../page/display.js';
import { visible } from './text.js';
import '../page/copy.js';

const TEXT = 64;

/** What the bytes chosen in a payload are: where, how many, and what they may stand for. */
export function readout(bytes, { from, to }, charset) {
  const chosen = bytes.subarray(from, to);
  const text = () => decode(chosen, charset).text;
  return html`
    <div class="readout">
      <div class="summary">
        <span role="status">offset ${count(from)} <span class="quiet mono">0x${from.toString(16)}</span>, ${counted(chosen.length, 'byte')}</span>
        <span class="as-text mono" title=${CHARSETS[charset]}>${visible(decode(chosen.subarray(0, TEXT), charset, true).text)}${chosen.length > TEXT ? '…' : ''}</span>
        <sb-copy .text=${() => toHex(chosen)} .label=${'Hex'} .hint=${'Copy as hex  ( Ctrl C )'}></sb-copy>
        <sb-copy .text=${text} .label=${'Text'} .hint=${`Copy as ${CHARSETS[charset]} text`}></sb-copy>
        <sb-copy .text=${() => toCArray(chosen)} .label=${'C array'} .hint=${'Copy as a C array'}></sb-copy>
      </div>
      <dl class="numbers mono" title=${chosen.length > 8 ? 'Numbers of the first bytes' : nothing}>
        ${numbersOf(chosen).map(({ type, width, big, little }) => html`
          <div><dt>${type}</dt>${width === 1 ? html`<dd>${big}</dd>` : html`<dd>${big} <span class="order">BE</span></dd><dd>${little} <span class="order">LE</span></dd>`}</div>`)}
      </dl>
    </div>`;
}
