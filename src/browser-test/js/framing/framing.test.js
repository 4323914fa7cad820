import { around } from '/app/framing/framing.js';
import { equal, throws } from '/browser-test/assert.js';

const FOUR = Uint8Array.of(1, 2, 3, 4);
const shape = (payload, framing) => {
  const { before, after } = around(payload, framing);
  return [Array.from(before), Array.from(after)];
};

export const tests = {
  rawAddsNothing: () => equal(shape(FOUR, { type: 'raw' }), [[], []]),
  aDatagramHasNoFraming: () => equal(shape(FOUR, null), [[], []]),
  terminatorsComeAfter: () => {
    equal(shape(FOUR, { type: 'lf' }), [[], [10]]);
    equal(shape(FOUR, { type: 'crlf' }), [[], [13, 10]]);
    equal(shape(FOUR, { type: 'nul' }), [[], [0]]);
    equal(shape(FOUR, { type: 'delimiter', delimiter: '\\x1e|' }), [[], [0x1e, 0x7c]]);
  },
  stxAndEtxStandOnBothSides: () => equal(shape(FOUR, { type: 'stx-etx' }), [[2], [3]]),
  aLengthIsBigEndianAndCountsThePayload: () => {
    equal(shape(FOUR, { type: 'length', bytes: 1 }), [[4], []]);
    equal(shape(new Uint8Array(0x1234), { type: 'length', bytes: 2 }), [[0x12, 0x34], []]);
    equal(shape(FOUR, { type: 'length', bytes: 4 }), [[0, 0, 0, 4], []]);
  },
  aPayloadThatDoesNotFitItsLengthIsTold: () => throws(() => around(new Uint8Array(256), { type: 'length', bytes: 1 }), '256 bytes'),
  aFrameOfAnotherSizeIsTold: () => throws(() => around(FOUR, { type: 'fixed', size: 5 }), 'every frame here has 5'),
};
