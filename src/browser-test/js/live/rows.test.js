import { Rows, MESSAGE, EVENT, GAP } from '/app/live/rows.js';
import { equal } from '/browser-test/assert.js';

const id = number => String(number).padStart(16, '0');
const batch = (numbers, { events = [], skipped = 0, to = Math.max(...numbers, ...events) } = {}) => {
  const column = value => numbers.map(value);
  return {
    to: id(to), skipped,
    messages: {
      id: column(id), at: column(() => '2026-01-01T00:00:00.000001Z'), endpoint: column(n => (n % 2 ? 'odd' : 'even')), connection: column(() => 'c-1'),
      direction: column(() => 'in'), origin: column(() => 'peer'), bytes: column(n => n), preview: column(n => `m${n}`),
    },
    lifecycle: events.map(n => ({ id: id(n), at: '', endpoint: 'odd', connection: null, type: 'listening' })),
  };
};
const read = rows => Array.from({ length: rows.size }, (_, i) => {
  const { kind, id: of, skipped } = rows.at(rows.first + i);
  return kind === GAP ? `gap ${skipped}` : `${kind === EVENT ? 'e' : 'm'}${Number(of)}`;
});

export const tests = {
  messagesAndEventsStandInOrderOfId: () => {
    const rows = new Rows();
    rows.add(batch([2, 5, 6], { events: [1, 4, 9] }));
    equal(read(rows), ['e1', 'm2', 'e4', 'm5', 'm6', 'e9']);
    equal(rows.messages, 3);
  },
  whatWasLeftOutIsARow: () => {
    const rows = new Rows();
    rows.add(batch([1, 5], { skipped: 3, to: 7 }));
    rows.add(batch([8]));
    equal(read(rows), ['m1', 'm5', 'gap 3', 'm8']);
  },
  rowsAlreadyThereAreNotAddedAgain: () => {
    const rows = new Rows();
    rows.add(batch([1, 2, 3], { events: [4] }));
    rows.add(batch([2, 3, 5], { events: [4, 6] }), { after: id(4) });
    equal(read(rows), ['m1', 'm2', 'm3', 'e4', 'm5', 'e6']);
  },
  onlyWhatTheTestsLetInIsAdded: () => {
    const rows = new Rows();
    rows.add(batch([1, 2, 3], { events: [4] }), { message: (columns, i) => columns.endpoint[i] === 'odd', event: () => false });
    equal(read(rows), ['m1', 'm3']);
  },
  theOldestGoWhenThereIsNoRoom: () => {
    const rows = new Rows(40);
    for (let n = 1; n <= 101; n++) rows.add(batch([n]));
    equal(rows.size <= 40, true);
    equal(read(rows).at(-1), 'm101');
    equal(read(rows).at(0), `m${101 - rows.size + 1}`);
    equal(rows.end, 101);
    equal(rows.messages, rows.size);
  },
  aRowIsFoundByItsIdAndAGapIsNot: () => {
    const rows = new Rows(40);
    for (let n = 1; n <= 60; n++) rows.add(batch([n * 2], { skipped: n % 5 === 0 ? 1 : 0 }));
    for (let sequence = rows.first; sequence < rows.end; sequence++) {
      const row = rows.at(sequence);
      if (row.kind === MESSAGE) equal(rows.find(row.id), sequence);
    }
    equal(rows.find(id(61)), -1);
    equal(rows.find(''), -1);
  },
  aClearedTableIsEmpty: () => {
    const rows = new Rows();
    rows.add(batch([1, 2]));
    rows.clear();
    equal([rows.size, rows.messages], [0, 0]);
    rows.add(batch([3]));
    equal(read(rows), ['m3']);
  },
};
