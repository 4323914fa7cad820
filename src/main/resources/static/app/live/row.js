import { html } from 'lit';
import { toBytes, toEscaped } from '../framing/bytes.js';
import { MESSAGE, EVENT } from './rows.js';
import { clock, connectionNumber, count, DIRECTIONS } from '../page/display.js';

const TROUBLE = new Set(['failed', 'framing-error', 'reset']);

/** What stands in the cells of a row, whatever its kind; `kind` is its class. */
export function describe(row, { connection }) {
  const where = [row.endpoint, connectionNumber(row.connection)].filter(Boolean).join(' ');
  if (row.kind === MESSAGE) {
    const { glyph, word } = DIRECTIONS[row.direction];
    return {
      kind: `message ${row.direction}`,
      time: clock(row.at), where, mark: glyph, word, length: count(row.bytes), text: row.preview, strong: '',
    };
  }
  if (row.kind === EVENT) {
    const { type, detail } = row.event;
    return {
      kind: TROUBLE.has(type) ? 'event trouble' : 'event',
      time: clock(row.at), where, mark: '◇', word: 'event', length: '', strong: type, text: detail ?? '',
    };
  }
  return {
    kind: 'gap', time: '', where: '', mark: '⋯', word: '', length: '', strong: '',
    text: `${count(row.skipped)} not shown${connection ? '' : '. Narrow the filter to see every row.'}`,
  };
}

/** A preview with what the filter looks for marked, as far as the preview goes. */
export function marked(preview, contains) {
  if (!contains) return preview;
  const wanted = toEscaped(toBytes(contains, 'text'));
  const pieces = preview.split(wanted);
  return pieces.map((piece, i) => (i === 0 ? piece : html`<mark>${wanted}</mark>${piece}`));
}
