import { numbersOf } from '/app/framing/numbers.js';
import { equal } from '/browser-test/assert.js';

const of = (bytes, type) => {
  const { big, little } = numbersOf(Uint8Array.from(bytes)).find(number => number.type === type);
  return [big, little];
};

export const tests = {
  numbersAreReadFromEitherEnd: () => {
    equal(of([0x49, 0x4e], 'u16'), ['18766', '20041']);
    equal(of([0xff, 0xfe], 'i16'), ['-2', '-257']);
    equal(of([0x00, 0x00, 0x00, 0x80], 'i32'), ['128', '-2147483648']);
  },
  sixtyFourBitsKeepEveryDigit: () => {
    equal(of([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 'u64')[0], '18446744073709551615');
    equal(of([0x80, 0, 0, 0, 0, 0, 0, 1], 'i64'), ['-9223372036854775807', '72057594037928064']);
  },
  floatsAreAsShortAsTheyCanBe: () => {
    equal(of([0x3d, 0xcc, 0xcc, 0xcd], 'f32')[0], '0.1');
    equal(of([0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a], 'f64')[0], '0.1');
    equal(of([0x7f, 0xc0, 0, 0], 'f32')[0], 'NaN');
    equal(of([0x80, 0, 0, 0], 'f32')[0], '-0');
  },
  everySinglePrecisionNumberIsToldFromEveryOther: () => {
    const view = new DataView(new ArrayBuffer(4));
    for (let i = 0; i < 5000; i++) {
      view.setUint32(0, Math.floor(Math.random() * 2 ** 32));
      const [big] = of(new Uint8Array(view.buffer), 'f32');
      equal(String(Math.fround(Number(big))), String(view.getFloat32(0)));
    }
  },
  onlyNumbersThatFitAreRead: () => equal(numbersOf(Uint8Array.of(1, 2, 3)).map(({ type }) => type), ['u8', 'i8', 'u16', 'i16']),
  bytesInTheMiddleOfABufferAreReadWhereTheyAre: () =>
    equal(numbersOf(Uint8Array.of(9, 9, 1, 2).subarray(2)).find(({ type }) => type === 'u16').big, '258'),
};
