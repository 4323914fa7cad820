import { html } from 'lit';
import { toBytes, toEscaped, BadPayload } from '../framing/bytes.js';
import { MESSAGE, EVENT } from './rows.js';
import { clock, connectionNumber, count, day, DIRECTIONS } from '../page/display.js';

const TROUBLE = new Set(['failed', 'framing-error', 'reset']);

/** What stands in the cells of a row, whatever its kind; `kind` is its class. With `dated`, the day stands before the time. */
export function describe(row, { connection }, dated = false) {
  const where = [row.endpoint, connectionNumber(row.connection)].filter(Boolean).join(' ');
  if (row.kind === MESSAGE) {
    const { glyph, word } = DIRECTIONS[row.direction];
    return {
      kind: `message ${row.direction}`, day: dated ? day(new Date(row.at)) : '',
      time: clock(row.at), where, mark: glyph, word, length: count(row.bytes), text: row.preview, strong: '',
    };
  }
  if (row.kind === EVENT) {
    const { type, detail } = row.event;
    return {
      kind: TROUBLE.has(type) ? 'event trouble' : 'event', day: dated ? day(new Date(row.at)) : '',
      time: clock(row.at), where, mark: '◇', word: 'event', length: '', strong: type, text: detail ?? '',
    };
  }
  const gap = { kind: 'gap', day: '', time: '', where: '', word: '', length: '', strong: '' };
  if (row.missed) return { ...gap, kind: 'gap missed', mark: '✕', text: `${count(row.missed)} not recorded among the rows below: recording could not keep up` };
  return { ...gap, mark: '⋯', text: `${count(row.skipped)} not shown${connection ? '' : '. Narrow the filter to see every row.'}` };
}

/** What a filter looks for, as previews write it: one for each condition. */
export function wantedIn({ contains, containsHex }) {
  return [[contains, 'text'], [containsHex, 'hex']].filter(([typed]) => typed).flatMap(([typed, encoding]) => {
    try {
      return [toEscaped(toBytes(typed, encoding))];
    } catch (failure) {
      if (failure instanceof BadPayload) return [];
      throw failure;
    }
  });
}

const ESCAPE = /\\x[0-9a-f]{2}|\\./y;

/** Where `wanted` stands in an escaped preview, as [from, to); never in the middle of an escape. */
export function placesOf(preview, wanted) {
  const places = [];
  for (let i = 0; i < preview.length;) {
    const hit = wanted.find(one => one && preview.startsWith(one, i));
    if (hit) {
      places.push([i, i + hit.length]);
      i += hit.length;
    } else {
      ESCAPE.lastIndex = i;
      i += ESCAPE.exec(preview)?.[0].length ?? 1;
    }
  }
  return places;
}

/** A preview with what the filter looks for marked, as far as the preview goes. */
export function marked(preview, wanted) {
  const places = wanted.length ? placesOf(preview, wanted) : [];
  if (!places.length) return preview;
  const ends = [0, ...places.map(([, to]) => to)];
  return [
    ...places.map(([from, to], i) => html`${preview.slice(ends[i], from)}<mark>${preview.slice(from, to)}</mark>`),
    preview.slice(ends.at(-1)),
  ];
}
