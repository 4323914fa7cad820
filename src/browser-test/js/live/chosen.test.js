import { Chosen } from '/app/live/chosen.js';
import { Rows } from '/app/live/rows.js';
import { equal } from '/browser-test/assert.js';

function rows(...ids) {
  const rows = new Rows();
  const column = value => ids.map(() => value);
  rows.add({ messages: { id: ids, at: column('t'), endpoint: column('e'), connection: column('c'), direction: column('in'), origin: column('peer'), bytes: column(1), preview: column('x') }, skipped: 3, to: ids.at(-1) });
  return rows;
}

export const tests = {
  aRangeGoesFromWhereItBeganEitherWay: () => {
    const chosen = new Chosen();
    const five = rows('1', '2', '3', '4', '5');
    chosen.only('3');
    chosen.extend(five, 4);
    equal(chosen.ids, ['3', '4', '5']);
    chosen.extend(five, 0);
    equal(chosen.ids, ['1', '2', '3']);
  },
  oneIsTakenInAndLeftOut: () => {
    const chosen = new Chosen();
    chosen.only('3');
    equal([chosen.toggle('1'), chosen.ids], [true, ['1', '3']]);
    equal([chosen.toggle('3'), chosen.ids], [false, ['1']]);
  },
  allAreChosenButWhatIsNotThere: () => {
    const chosen = new Chosen();
    chosen.all(rows('1', '2'));
    equal([chosen.ids, chosen.size], [['1', '2'], 2]);
    chosen.only(null);
    equal(chosen.size, 0);
  },
  aRangeWhoseBeginningIsGoneBeginsWhereItEnds: () => {
    const chosen = new Chosen();
    chosen.only('gone');
    chosen.extend(rows('1', '2', '3'), 1);
    equal(chosen.ids, ['2']);
  },
};
