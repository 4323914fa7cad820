import { pasted } from '/app/endpoint/pasted.js';
import { equal } from '/browser-test/assert.js';

const DUMP = '00000000  50 49 4e 47                                       |PING|\n00000004\n';
const draft = (payload, encoding) => ({ payload, encoding, lineEnd: 'lf' });

export const tests = {
  aDumpBecomesItsBytes: () => {
    const { draft: next, words, undo } = pasted(DUMP, draft('', 'text'), 0, 0);
    equal([next.payload, next.encoding, words], ['50 49 4e 47', 'hex', 'Understood as hexdump -C, 4 bytes.']);
    equal(undo, draft(DUMP, 'text'));
  },
  bytesComeInWhereTheCaretIs: () => {
    equal(pasted(DUMP, draft('ab', 'text'), 1, 1).draft.payload, '61 50 49 4e 47 62');
    equal(pasted(DUMP, draft('ab', 'text'), 0, 2).draft.payload, '50 49 4e 47');
    equal(pasted(DUMP, draft('0102', 'hex'), 2, 2).draft.payload, '01 50 49 4e 47 02');
    equal(pasted(DUMP, draft('0102', 'hex'), 1, 1), null);
  },
  digitsAreTakenForBytesOnlyWhenSomebodySaysSo: () => {
    const { offer, draft: next, words } = pasted('50494e47', draft('', 'text'), 0, 0);
    equal([next, words], [undefined, 'This may be a hex stream, 4 bytes.']);
    equal(offer.draft.payload, '50 49 4e 47');
    equal(pasted('50494e47', draft('', 'hex'), 0, 0), null);
  },
  escapesStayWhereTheyAreAtHome: () => {
    equal(pasted('\\x50\\x49\\n', draft('', 'escaped'), 0, 0), null);
    equal(pasted('\\x50\\x49', draft('', 'text'), 0, 0).draft.payload, '50 49');
  },
  base64IsOfferedNotTaken: () => {
    equal(pasted('UElORyBpZD03Cg==', draft('', 'text'), 0, 0).offer.draft.payload, '50 49 4e 47 20 69 64 3d 37 0a');
    equal(pasted('hello', draft('', 'text'), 0, 0), null);
  },
  aFaultInADumpIsSaid: () => equal(pasted(DUMP.replace('4e', '4g'), draft('', 'text'), 0, 0).words.startsWith('This looks like hexdump -C, but: Line 1, column 17:'), true),
};
