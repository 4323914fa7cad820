import { placesOf, wantedIn } from '/app/live/row.js';
import { equal } from '/browser-test/assert.js';

export const tests = {
  whatIsLookedForIsWrittenAsPreviewsWriteIt: () => {
    equal(wantedIn({ contains: 'volts\n', containsHex: 'ff 00' }), ['volts\\n', '\\xff\\0']);
    equal(wantedIn({ contains: null, containsHex: 'no hex' }), []);
  },
  everyPlaceIsFound: () => {
    equal(placesOf('PING\\r\\nPING', ['PING']), [[0, 4], [8, 12]]);
  },
  noPlaceIsInTheMiddleOfAnEscape: () => {
    equal(placesOf('n\\n\\\\n', ['n']), [[0, 1], [5, 6]]);
    equal(placesOf('\\x0ff', ['f']), [[4, 5]]);
  },
};
