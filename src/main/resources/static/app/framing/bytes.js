/**
 * Text, escaped and hex to bytes and back: the same words the API uses for the encodings of a payload.
 * Everything here is pure; what can't be read is told by a `BadPayload` that says where.
 */

export class BadPayload extends Error {}

const encoder = new TextEncoder();
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const NAMED = new Map([[0x0d, '\\r'], [0x0a, '\\n'], [0x09, '\\t'], [0x00, '\\0'], [0x5c, '\\\\']]);
const ESCAPED = Array.from({ length: 256 }, (_, byte) =>
  NAMED.get(byte) ?? (isPrintable(byte) ? String.fromCharCode(byte) : `\\x${HEX[byte]}`));
const MEANING = { r: 0x0d, n: 0x0a, t: 0x09, 0: 0x00, '\\': 0x5c };

export function isPrintable(byte) {
  return byte >= 0x20 && byte < 0x7f;
}

export function hexByte(byte) {
  return HEX[byte];
}

/** Bytes as pairs of hex digits with a blank between them. */
export function toHex(bytes) {
  return Array.from(bytes, hexByte).join(' ');
}

/** Bytes as printable ASCII with `\r \n \t \0 \\ \xNN`: every byte can be told from every other. */
export function toEscaped(bytes) {
  let text = '';
  for (const byte of bytes) text += ESCAPED[byte];
  return text;
}

/** The bytes of what a person typed, in one of the encodings `text`, `escaped` and `hex`. */
export function toBytes(typed, encoding) {
  switch (encoding) {
    case 'text': return encoder.encode(typed);
    case 'escaped': return fromEscaped(typed);
    case 'hex': return fromHex(typed);
    default: throw new BadPayload(`There is no encoding “${encoding}”.`);
  }
}

function fromEscaped(typed) {
  const bytes = [];
  for (let i = 0; i < typed.length; i++) {
    const character = typed[i];
    if (character !== '\\') {
      const codePoint = typed.codePointAt(i);
      if (codePoint > 0xffff) i++;
      bytes.push(...encoder.encode(String.fromCodePoint(codePoint)));
      continue;
    }
    const letter = typed[++i];
    if (letter === 'x') {
      const digits = typed.slice(i + 1, i + 3);
      if (!/^[0-9a-f]{2}$/i.test(digits)) throw new BadPayload(`“\\x” at ${i} needs two hex digits after it.`);
      bytes.push(parseInt(digits, 16));
      i += 2;
    } else if (letter in MEANING) {
      bytes.push(MEANING[letter]);
    } else {
      throw new BadPayload(letter === undefined
        ? 'A lone “\\” at the end: write “\\\\” for a backslash.'
        : `“\\${letter}” at ${i} means nothing: write \\r \\n \\t \\0 \\\\ or \\xNN.`);
    }
  }
  return Uint8Array.from(bytes);
}

/** Forgives blanks, commas, colons, `0x` and line breaks. */
function fromHex(typed) {
  const digits = typed.replace(/0x/gi, ' ').replace(/[\s,:]/g, '');
  const wrong = digits.match(/[^0-9a-f]/i);
  if (wrong) throw new BadPayload(`“${wrong[0]}” is not a hex digit.`);
  if (digits.length % 2) throw new BadPayload(`${digits.length} hex digits: a byte has two, so one is missing.`);
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => parseInt(digits.substr(i * 2, 2), 16));
}

/** The first `limit` bytes of an escaped text, without cutting an escape in two. */
export function clipEscaped(text, limit) {
  let end = 0;
  for (let count = 0; count < limit && end < text.length; count++) {
    if (text[end] !== '\\') end += 1;
    else end += text[end + 1] === 'x' ? 4 : 2;
  }
  return text.slice(0, end);
}

/** The bytes as UTF-8 text, and whether they are valid UTF-8 at all. */
export function toText(bytes) {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), valid: true };
  } catch {
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), valid: false };
  }
}

/** Bytes as a person edits them: in the encoding asked for, else escaped when mostly printable and hex when not. */
export function draftOf(bytes, encoding = mostlyPrintable(bytes) ? 'escaped' : 'hex') {
  return { encoding, text: encoding === 'hex' ? toHex(bytes) : toEscaped(bytes) };
}

function mostlyPrintable(bytes) {
  const odd = bytes.reduce((count, byte) => count + (isPrintable(byte) || NAMED.has(byte) ? 0 : 1), 0);
  return odd * 4 <= bytes.length;
}
