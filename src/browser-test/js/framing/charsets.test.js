import { CHARSETS, decode } from '/app/framing/charsets.js';
import { equal } from '/browser-test/assert.js';

const bytes = (...values) => Uint8Array.from(values);
const text = (charset, ...values) => decode(bytes(...values), charset).text;
const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, i) => i);

export const tests = {
  paymentSwitchesAreUnderstood: () => {
    equal(text('ibm-037', 0xf0, 0xf2, 0xf0, 0xf0, 0x40, 0xd7, 0xc9, 0xd5, 0x15), '0200 PIN\u0085');
    equal(text('ibm-037', 0xba, 0xbb, 0x5a, 0x4f), '[]!|');
    equal(text('ibm-500', 0x4a, 0x5a, 0x4f, 0xbb), '[]!|');
  },
  ebcdicHasEveryLatinCharacterOnce: () => {
    for (const charset of ['ibm-037', 'ibm-500']) equal(new Set(decode(EVERY_BYTE, charset).text).size, 256);
  },
  latinOneIsNotWindows: () => {
    equal(text('iso-8859-1', 0x80, 0xe9), '\u0080é');
    equal(text('windows-1252', 0x80, 0xe9), '€é');
  },
  wideAndJapaneseTextIsUnderstood: () => {
    equal(text('utf-16le', 0x41, 0, 0xac, 0x20), 'A€');
    equal(text('utf-16be', 0, 0x41, 0x20, 0xac), 'A€');
    equal(text('shift_jis', 0x83, 0x65, 0x83, 0x58, 0x83, 0x67), 'テスト');
  },
  whatCanNotBeReadIsSaid: () => {
    equal(decode(bytes(0x41, 0xff), 'utf-8'), { text: 'A\ufffd', valid: false });
    equal(decode(bytes(0xc3, 0xa9), 'utf-8'), { text: 'é', valid: true });
  },
  aCharacterCutInTwoIsNoFault: () => equal(decode(bytes(0x41, 0xc3), 'utf-8', true), { text: 'A', valid: true }),
  noBytesAreTooOddForAnyOfThem: () => {
    for (const charset of Object.keys(CHARSETS)) for (let from = 0; from < 256; from++) decode(EVERY_BYTE.subarray(from), charset);
  },
};
