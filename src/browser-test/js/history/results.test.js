import { Results } from '/app/history/results.js';
import { GAP } from '/app/live/rows.js';
import { equal } from '/browser-test/assert.js';

const page = (ids, captureGap = 0) => ({
  captureGap,
  items: ids.map(id => ({ id: String(id), at: '2026-01-01T00:00:00.000001Z', endpoint: id % 2 ? 'odd' : 'even', connection: 'c-1', direction: 'in', origin: 'peer', bytes: 1, payload: `m${id}` })),
});
const read = rows => Array.from({ length: rows.size }, (_, i) => rows.at(rows.first + i)).map(row => (row.kind === GAP ? `${row.missed} missed` : row.preview));

export const tests = {
  olderPagesComeBeforeWhatIsThere: () => {
    const rows = new Results();
    rows.addBefore(page([6, 5]));
    const { first } = rows;
    rows.addBefore(page([3, 2]));
    equal(read(rows), ['m2', 'm3', 'm5', 'm6']);
    equal(first - rows.first, 2);
    equal([rows.oldest.id, rows.newest.id, rows.messages], ['2', '6', 4]);
    equal([...rows.endpoints], ['even', 'odd']);
  },
  aRowKeepsItsNumberAndIsFoundByItsId: () => {
    const rows = new Results();
    rows.addBefore(page([6, 5]));
    const number = rows.find('5');
    rows.addBefore(page([3]));
    equal(rows.find('5'), number);
    equal(rows.at(number).sequence, number);
    equal(rows.find('4'), -1);
  },
  whatWasNotRecordedStandsAboveItsPage: () => {
    const rows = new Results();
    rows.addBefore(page([6, 5], 12));
    rows.addBefore(page([3]));
    equal(read(rows), ['m3', '12 missed', 'm5', 'm6']);
    equal(rows.messages, 3);
  },
};
