import { EVENT, GAP, MESSAGE } from './rows.js';

/** Frames drawn as one piece: of a longer turn only the last piece is drawn anew as it goes on. */
const PIECE = 100;

/**
 * A connection's rows as a conversation: frames of one direction with nothing between them are one turn, in pieces;
 * events and gaps stand between turns. A datagram is a turn of its own: no two belong together.
 */
export function turnsOf(rows, { datagrams = false } = {}) {
  const turns = [];
  let turn = null;
  for (const row of rows) {
    if (row.kind === EVENT || row.kind === GAP) {
      turn = null;
      turns.push({ key: `${row.kind}-${row.id}`, row });
      continue;
    }
    if (row.kind !== MESSAGE) continue;
    const goesOn = turn && turn.direction === row.direction && !datagrams;
    if (!goesOn || turn.frames.length === PIECE) {
      turn = { key: row.id, direction: row.direction, at: row.at, frames: [], bytes: 0, goesOn: Boolean(goesOn) };
      turns.push(turn);
    }
    turn.frames.push(row);
    turn.bytes += row.bytes;
  }
  return turns;
}

/** Rows and further events as one list in order of id, with nothing before the first row but what belongs to its connection's beginning. */
export function withEvents(rows, events, whole) {
  const first = rows.find(({ kind }) => kind !== GAP)?.id ?? '';
  const known = new Set(rows.filter(({ kind }) => kind === EVENT).map(({ id }) => id));
  const more = events.filter(({ id }) => !known.has(id) && (whole || id > first)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const all = [];
  for (const row of rows) {
    while (row.kind !== GAP && more.length && more[0].id < row.id) all.push(asRow(more.shift()));
    all.push(row);
  }
  return [...all, ...more.map(asRow)];
}

function asRow(event) {
  return { kind: EVENT, id: event.id, at: event.at, endpoint: event.endpoint, connection: event.connection, event };
}
