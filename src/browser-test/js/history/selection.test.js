import { moved, rangeOf } from '/app/history/selection.js';
import { equal } from '/browser-test/assert.js';

const WAYS = { length: 40, width: 16, page: 1 };
const press = (selection, key, more = {}) => moved(selection, { key, shiftKey: false, ctrlKey: false, metaKey: false, ...more }, WAYS);
const at = focus => ({ anchor: focus, focus });

export const tests = {
  theFirstArrowChoosesTheFirstByte: () => equal(press(null, 'ArrowDown'), at(0)),
  arrowsStayInTheColumnAndWithinTheBytes: () => {
    equal(press(at(3), 'ArrowDown'), at(19));
    equal(press(at(3), 'ArrowUp'), at(3));
    equal(press(at(30), 'ArrowDown'), at(39));
    equal(press(at(39), 'ArrowDown'), at(39));
    equal(press(at(39), 'ArrowRight'), at(39));
  },
  shiftExtendsFromWhereItBegan: () => {
    const two = press(at(5), 'ArrowLeft', { shiftKey: true });
    equal(two, { anchor: 5, focus: 4 });
    equal(rangeOf(two), { from: 4, to: 6 });
  },
  homeAndEndKnowTheLineAndTheWhole: () => {
    equal(press(at(20), 'Home'), at(16));
    equal(press(at(20), 'End'), at(31));
    equal(press(at(35), 'End'), at(39));
    equal(press(at(20), 'End', { ctrlKey: true }), at(39));
    equal(press(at(20), 'a', { ctrlKey: true }), { anchor: 0, focus: 39 });
  },
  otherKeysMeanNothing: () => equal(press(at(1), 'j') === undefined, true),
};
