import { toBytes, toHex, toEscaped, toText, clipEscaped, draftOf } from '/app/framing/bytes.js';
import { equal, throws } from '/browser-test/assert.js';

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, i) => i);

export const tests = {
  everyByteSurvivesTheEscapedForm: () => equal(toBytes(toEscaped(EVERY_BYTE), 'escaped'), EVERY_BYTE),
  everyByteSurvivesTheHexForm: () => equal(toBytes(toHex(EVERY_BYTE), 'hex'), EVERY_BYTE),
  theEscapedFormIsPrintableAscii: () => equal(/^[\x20-\x7e]*$/.test(toEscaped(EVERY_BYTE)), true),
  theEscapedFormUsesTheNamesOfTheContract: () => equal(toEscaped(Uint8Array.of(13, 10, 9, 0, 92, 27, 65)), '\\r\\n\\t\\0\\\\\\x1bA'),
  escapedTakesLettersBeyondAsciiAsUtf8: () => equal(toBytes('é😀\\n', 'escaped'), Uint8Array.of(0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80, 10)),
  escapedSaysWhichEscapeMeansNothing: () => throws(() => toBytes('ab\\q', 'escaped'), '\\q'),
  escapedSaysThatDigitsAreMissing: () => throws(() => toBytes('\\x4', 'escaped'), 'two hex digits'),
  escapedSaysThatABackslashStandsAlone: () => throws(() => toBytes('a\\', 'escaped'), 'lone'),
  hexForgivesWhatPeoplePaste: () => equal(toBytes('0x50,0x49 4e:47\n0D0a', 'hex'), Uint8Array.of(0x50, 0x49, 0x4e, 0x47, 13, 10)),
  hexOfNothingIsNoBytes: () => equal(toBytes(' \n', 'hex'), new Uint8Array()),
  hexSaysWhichDigitIsNone: () => throws(() => toBytes('5g', 'hex'), '“g”'),
  hexSaysThatHalfAByteIsMissing: () => throws(() => toBytes('505', 'hex'), '3 hex digits'),
  clippingKeepsEscapesWhole: () => {
    equal(clipEscaped('a\\r\\x1bz', 1), 'a');
    equal(clipEscaped('a\\r\\x1bz', 2), 'a\\r');
    equal(clipEscaped('a\\r\\x1bz', 3), 'a\\r\\x1b');
    equal(clipEscaped('a\\r\\x1bz', 160), 'a\\r\\x1bz');
  },
  textTellsWhetherItIsUtf8: () => {
    equal(toText(Uint8Array.of(0xc3, 0xa9)), { text: 'é', valid: true });
    equal(toText(Uint8Array.of(0x41, 0xff)), { text: 'A\ufffd', valid: false });
  },
  aDraftOfTextIsEscapedAndOneOfBinaryIsHex: () => {
    equal(draftOf(toBytes('PING\r\n', 'text')), { encoding: 'escaped', text: 'PING\\r\\n' });
    equal(draftOf(Uint8Array.of(1, 2, 0xff, 0x41)), { encoding: 'hex', text: '01 02 ff 41' });
  },
};
