import { readDump, readBase64 } from '/app/framing/dump.js';
import { toBytes, toHex, BadPayload } from '/app/framing/bytes.js';
import { pasted } from '/app/endpoint/pasted.js';
import { toCArray, toHexdump } from '/app/framing/spelling.js';
import { equal } from '/browser-test/assert.js';

/** Whatever is pasted: it is understood or it is not, in time that grows with its length, and nothing throws. */

const MANY = 5_000;
const MEGABYTE = 1 << 20;

const PIECES = ['0', '1', 'f', '41', '4g', '00000000', '0000010', '  ', ' ', '\t', '\n', '*', '\n*\n', ':', ': ', '|', '|A|', '>', '<', '0x', '0x41', ', ', ',', '{', '}', '[', ']', ';', '\\x41', '\\x', '\\', '\\n', '"', "'", 'char p[] = {', 'b\'', '/*', '*/', '//', '#', '-1', '300', '(byte)', '\u00a0', '\u2028', '\ud83d\ude00', '\ud83d', '\udc00', '\0', 'UElORw==', '=', '__proto__', 'é'];

/** So that what was found can be found again. */
function seeded(seed) {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function checked(text) {
  const read = readDump(text);
  if (read.bytes) {
    equal([read.bytes instanceof Uint8Array, typeof read.format, typeof read.sure], [true, 'string', 'boolean']);
  } else {
    if (!read.error.startsWith(`Line ${read.line}, column ${read.column}: `)) throw new Error(`${JSON.stringify(text)}: ${read.error}`);
    if (read.line < 1 || read.column < 1 || read.line > text.split('\n').length) throw new Error(`${JSON.stringify(text)}: line ${read.line}, column ${read.column}`);
  }
  readBase64(text);
  return read;
}

function changed(text, random) {
  const at = random(text.length + 1);
  const piece = PIECES[random(PIECES.length)];
  switch (random(4)) {
    case 0: return text.slice(0, at) + piece + text.slice(at);
    case 1: return text.slice(0, at) + piece + text.slice(at + piece.length);
    case 2: return text.slice(0, at) + text.slice(at + 1 + random(8));
    default: return text.slice(0, at) + text.slice(random(text.length + 1), random(text.length + 1)) + text.slice(at);
  }
}

const named = text => {
  try {
    checked(text);
  } catch (failure) {
    throw new Error(`${failure.message}, of ${JSON.stringify(text.slice(0, 200))}`);
  }
};

export const tests = {
  piecesInAnyOrder: () => {
    const random = seeded(1);
    for (let i = 0; i < MANY; i++) named(Array.from({ length: random(24) }, () => PIECES[random(PIECES.length)]).join(''));
  },
  dumpsWithFaults: () => {
    const random = seeded(2);
    const bytes = Uint8Array.from({ length: 40 }, (_, i) => i * 7);
    const dumps = [toHexdump(bytes), toCArray(bytes), '00000000: 5049 4e47  PING\n00000004: 41  A', '0000000 4950 474e\n*\n0000040\n', '"PING\\x41\\n"', '50 49 4e 47'];
    for (let i = 0; i < MANY; i++) {
      let text = dumps[random(dumps.length)];
      for (let times = random(6); times >= 0; times--) text = changed(text, random);
      named(text);
    }
  },
  draftsOfAnyKind: () => {
    const random = seeded(3);
    for (let i = 0; i < MANY; i++) {
      const text = Array.from({ length: random(10) }, () => PIECES[random(PIECES.length)]).join('');
      const payload = Array.from({ length: random(4) }, () => PIECES[random(PIECES.length)]).join('');
      const encoding = ['text', 'escaped', 'hex', 'base64'][random(3)];
      pasted(text, { payload, encoding, lineEnd: 'lf' }, 0, random(payload.length + 1));
      try {
        toHex(toBytes(text, encoding));
      } catch (failure) {
        if (!(failure instanceof BadPayload)) throw failure;
      }
    }
  },
  longOnesOfOnePiece: () => {
    for (const piece of PIECES) checked(piece.repeat(Math.ceil(MEGABYTE / piece.length)));
  },
  longOnesThatBeginLikeADump: () => {
    for (const begin of ['00000000  41 ', '00000000: 41 ', 'char p[] = {', '0x41, ', '"\\x41', '\\x41', '41 ']) {
      for (const piece of ['41', '41 ', ' ', '[', '{', 'char ', '0x41, ', '\\x41', "'", '*\n', '\n', '; ', '|']) {
        checked(begin + piece.repeat(Math.ceil(MEGABYTE / 4 / piece.length)));
      }
    }
  },
};
