import { call } from '../page/http.js';
import { connectionNumber, count, counted, DIRECTIONS } from '../page/display.js';
import { toBytes } from '../framing/bytes.js';
import { toHexdump } from '../framing/spelling.js';
import { EVENT } from './rows.js';

/** What a clipboard is asked to take at the most; an export takes all. */
const MOST = 1000;
const MOST_BYTES = 4 * 1024 * 1024;
const AT_ONCE = 6;

export const FORMATS = { text: 'Text', hex: 'Hex', ndjson: 'NDJSON' };

/** The rows with these ids, with whole payloads from history: their `text` in a format, and in `words` what it holds. */
export async function copyOf(ids, rows, format) {
  const wanted = ids.slice(0, MOST);
  const found = await inParallel(wanted, id => fetched(id, rows));
  const there = found.filter(one => one !== null);
  const { kept, bytes: _ } = there.reduce(({ kept, bytes }, one) => {
    const sum = bytes + (one.message?.bytes ?? 0);
    return sum > MOST_BYTES && kept.length ? { kept, bytes: MOST_BYTES } : { kept: [...kept, one], bytes: sum };
  }, { kept: [], bytes: 0 });
  const write = { text: textOf, hex: one => hexOf(one, ids.length === 1), ndjson: lineOf }[format];
  return { text: kept.map(write).join(''), words: wordsOf(ids.length, kept.length, wanted.length - there.length) };
}

function wordsOf(chosen, kept, gone) {
  const missing = gone ? ` ${count(gone)} no longer in history.` : '';
  return kept + gone < chosen
    ? `Copied the first ${count(kept)} of ${counted(chosen, 'row')}: export the rest from History.${missing}`
    : `Copied ${counted(kept, 'row')}.${missing}`;
}

async function fetched(id, rows) {
  const sequence = rows.find(id);
  if (sequence >= 0 && rows.kindAt(sequence) === EVENT) return { event: rows.at(sequence).event };
  try {
    return { message: await call('GET', `/api/messages/${encodeURIComponent(id)}?encoding=escaped`) };
  } catch (problem) {
    if (problem.status === 404) return null;
    throw problem;
  }
}

async function inParallel(items, action) {
  const results = new Array(items.length);
  let next = 0;
  const work = async () => { while (next < items.length) { const i = next++; results[i] = await action(items[i]); } };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

function where({ endpoint, connection }) {
  return [endpoint, connectionNumber(connection)].filter(Boolean).join(' ');
}

function textOf({ message, event }) {
  if (event) return `${event.at}  ${where(event)}  ${event.type}  ${event.detail ?? ''}\n`;
  const { glyph, word } = DIRECTIONS[message.direction];
  return `${message.at}  ${where(message)}  ${glyph} ${word}  ${message.bytes}  ${message.payload}\n`;
}

function hexOf({ message, event }, alone) {
  if (event) return `# ${textOf({ event })}`;
  const dump = toHexdump(toBytes(message.payload, 'escaped'));
  return alone ? dump : `# ${message.at}  ${where(message)}  ${message.direction}  ${counted(message.bytes, 'byte')}\n${dump}`;
}

/** The line that an export has for it. */
function lineOf({ message, event }) {
  return `${JSON.stringify(event ? { event: 'lifecycle', ...event } : { event: 'message', ...message })}\n`;
}
