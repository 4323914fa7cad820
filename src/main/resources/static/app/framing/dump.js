/**
 * Bytes as other programs print them, read back: dumps with offsets, C arrays, strings of `\x50`, plain hex digits.
 * Everything here is pure, and nothing throws: the answer is `{format, bytes, sure}`, or `{format, error, line, column}`
 * with a `format` of null where nothing was recognised. `sure` is false where the text may as well be meant as it stands.
 */
import { BadDump } from './dump-error.js';
import { lineDump } from './dump-lines.js';
import { cArray, escapedString } from './dump-source.js';

const READERS = [lineDump, cArray, escapedString, { recognises: isHexStream, read: hexStream }];

export function readDump(text) {
  const plain = text.replaceAll('\u00a0', ' ').replaceAll('\r\n', '\n');
  const reader = READERS.find(({ recognises }) => recognises(plain));
  try {
    return reader ? reader.read(plain) : hexStream(plain);
  } catch (failure) {
    if (!(failure instanceof BadDump)) throw failure;
    const { line, column, message } = failure;
    return { format: reader ? failure.format ?? 'hex' : null, error: `Line ${line}, column ${column}: ${message}`, line, column };
  }
}

/** The bytes of what may be base64, or null. Many words may be, so it is only asked when somebody wants it. */
export function readBase64(text) {
  const digits = text.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (digits.length < 4 || digits.length % 4 === 1 || !/^[A-Za-z0-9+/]+$/.test(digits)) return null;
  return Uint8Array.from(atob(digits), character => character.charCodeAt(0));
}

function isHexStream(text) {
  return /^[\s:,;-]*(0x)?[0-9a-f]{2}/i.test(text) && /^(?:0x|[0-9a-f\s:,;-])+$/i.test(text) && text.replace(/0x/gi, '').replace(/[^0-9a-f]/gi, '').length % 2 === 0;
}

/** Pairs of digits with anything usual between them; an odd one or another character is an error where it stands. */
function hexStream(text) {
  const bytes = [];
  const word = /0x|[\s:,;-]+|([0-9a-f]{2})|([^])/giy;
  for (let found = word.exec(text); found; found = word.exec(text)) {
    const [, pair, other] = found;
    if (pair) bytes.push(parseInt(pair, 16));
    else if (other) throw new BadDump(text, found.index, /[0-9a-f]/i.test(other) ? 'a byte has two hex digits, and here is one' : `“${String.fromCodePoint(text.codePointAt(found.index))}” is no hex digit`, 'hex stream');
  }
  if (bytes.length === 0) throw new BadDump(text, 0, 'there are no bytes here', 'hex stream');
  return { format: 'hex stream', bytes: Uint8Array.from(bytes), sure: false };
}
