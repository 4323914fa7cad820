/** The numbers that bytes may stand for. */

const READERS = {
  u8: [1, (view, little) => view.getUint8(0, little)],
  i8: [1, (view, little) => view.getInt8(0, little)],
  u16: [2, (view, little) => view.getUint16(0, little)],
  i16: [2, (view, little) => view.getInt16(0, little)],
  u32: [4, (view, little) => view.getUint32(0, little)],
  i32: [4, (view, little) => view.getInt32(0, little)],
  f32: [4, (view, little) => single(view.getFloat32(0, little))],
  u64: [8, (view, little) => view.getBigUint64(0, little)],
  i64: [8, (view, little) => view.getBigInt64(0, little)],
  f64: [8, (view, little) => view.getFloat64(0, little)],
};

/** Every number that the first bytes can be read as: its type and its value with the most and the least significant byte first. */
export function numbersOf(bytes) {
  return Object.entries(READERS).filter(([, [width]]) => width <= bytes.length).map(([type, [width, read]]) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, width);
    return { type, width, big: written(read(view, false)), little: written(read(view, true)) };
  });
}

function written(value) {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The shortest decimal that is this single-precision number and no other. */
function single(value) {
  if (value === 0 || !Number.isFinite(value)) return value;
  for (let digits = 6; digits < 10; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}
