import { MESSAGE, EVENT } from './rows.js';
import { clock, connectionNumber, count, shortId, DIRECTIONS } from '../page/display.js';

const TROUBLE = new Set(['failed', 'framing-error', 'reset']);

/** What stands in the cells of a row, whatever its kind; `kind` is its class. */
export function describe(row, { connection }) {
  const where = [row.endpoint, connectionNumber(row.connection)].filter(Boolean).join(' ');
  if (row.kind === MESSAGE) {
    const { glyph, word } = DIRECTIONS[row.direction];
    return {
      id: shortId(row.id), kind: `message ${row.direction}`,
      time: clock(row.at), where, mark: glyph, word, length: count(row.bytes), text: row.preview, strong: '',
    };
  }
  if (row.kind === EVENT) {
    const { type, detail } = row.event;
    return {
      id: shortId(row.id), kind: TROUBLE.has(type) ? 'event trouble' : 'event',
      time: clock(row.at), where, mark: '◇', word: 'event', length: '', strong: type, text: detail ?? '',
    };
  }
  return {
    id: '', kind: 'gap', time: '', where: '', mark: '⋯', word: '', length: '', strong: '',
    text: `${count(row.skipped)} not shown${connection ? '' : '. Narrow the filter to see every row.'}`,
  };
}
