import { BadDump } from './dump-error.js';

/** Bytes as they stand in source code. */

const NAMED = { n: 0x0a, r: 0x0d, t: 0x09, 0: 0x00, a: 0x07, b: 0x08, f: 0x0c, v: 0x0b, e: 0x1b, '\\': 0x5c, "'": 0x27, '"': 0x22, '?': 0x3f };
const ESCAPE = /\\(?:x([0-9a-f]{2})|([0-7]{3})|([nrt0abfve\\'"?]))/iy;

/** `{ 0x50, 0x49 }`, in the words of C and its relatives. */
export const cArray = {
  recognises: text => (/0x[0-9a-f]/i.test(text) && /[{[,]/.test(text)) || declaresBytes(text),
  read(text) {
    const format = 'C array';
    const { from, to } = bodyOf(text);
    const word = /[\s,]+|\/\*[^]*?\*\/|\/\/[^\n]*|#[^\n]*|\((?:byte|char|unsigned char|uint8_t|u8)\)|(0x[0-9a-f]+|-?\d+)(?:[ul]*|_?u8)(?![\w.])|'(?:([^\\'\n])|(\\(?:x[0-9a-f]{2}|[0-7]{3}|[^\n])))'/giy;
    const bytes = [];
    for (let at = from; at < to; at = word.lastIndex) {
      word.lastIndex = at;
      const found = word.exec(text);
      if (!found || word.lastIndex > to) throw new BadDump(text, at, `“${String.fromCodePoint(text.codePointAt(at))}” is no byte of an array`, format);
      const [, number, character, escape] = found;
      if (number) bytes.push(byteOf(number, text, at));
      else if (character) bytes.push(ascii(character, text, at));
      else if (escape) bytes.push(escaped(escape, 0)?.value ?? fail(text, at, `“${escape}” means nothing`, format));
    }
    if (bytes.length === 0) throw new BadDump(text, from, 'there are no bytes between the braces', format);
    return { format, bytes: Uint8Array.from(bytes), sure: true };
  },
};

/** `\x50\x49`, in quotes or without; in quotes with what else may stand there. */
export const escapedString = {
  recognises: text => /\\x[0-9a-f]{2}/i.test(text) && (/^\s*(?:\\x[0-9a-f]{2}|\\[nrt0]|\s)+$/i.test(text) || /^[\w\s*[\]=:.&]*["']/.test(text)),
  read(text) {
    const format = '\\x string';
    const quote = text.search(/["']/);
    const bytes = quote < 0 || text.slice(0, quote).includes('\\') ? bare(text, format) : literals(text, quote, format);
    return { format, bytes: Uint8Array.from(bytes), sure: true };
  },
};

/** Whether a type of bytes stands ahead of a brace. Piece by piece, so that a long text is read once. */
function declaresBytes(text) {
  const pieces = text.split(/([;{])/);
  return pieces.some((piece, i) => pieces[i + 1] === '{' && /\b(char|byte|u8|uint8_t)\b/.test(piece));
}

/** Where the first bracket opens in which there are hex digits, or -1. */
function bracketAroundHex(text) {
  let open = -1;
  for (const { 0: found, index } of text.matchAll(/[[\]]|0x/gi)) {
    if (found === ']') open = -1;
    else if (found !== '[' && open >= 0) return open;
    else if (found === '[' && open < 0) open = index;
  }
  return -1;
}

function bodyOf(text) {
  const open = text.includes('{') ? text.indexOf('{') : bracketAroundHex(text);
  if (open < 0) {
    let to = text.length;
    while (to > 0 && /[\s;]/.test(text[to - 1])) to--;
    return { from: 0, to };
  }
  const close = text.indexOf(text[open] === '{' ? '}' : ']', open);
  return { from: open + 1, to: close < 0 ? text.length : close };
}

function byteOf(number, text, at) {
  const value = Number(number);
  if (value > 255 || value < -128) fail(text, at, `${number} does not fit a byte`, 'C array');
  return value & 0xff;
}

function bare(text, format) {
  const bytes = [];
  for (let at = 0; at < text.length;) {
    const found = escaped(text, at);
    if (found) bytes.push(found.value);
    else if (!/\s/.test(text[at])) fail(text, at, `“${String.fromCodePoint(text.codePointAt(at))}” is no escape`, format);
    at = found?.end ?? at + 1;
  }
  return bytes;
}

function literals(text, first, format) {
  const bytes = [];
  const between = /[\s+\\;,)]*(?:b|u8)?(["'])|[\s+\\;,)\]}]*$/y;
  for (let at = first; ;) {
    between.lastIndex = at;
    const [whole, quote] = between.exec(text) ?? fail(text, at, 'something comes after the closing quote', format);
    if (!quote) return bytes;
    for (at += whole.length; text[at] !== quote;) {
      if (at >= text.length || text[at] === '\n') fail(text, at, 'the closing quote is missing', format);
      const found = escaped(text, at);
      if (!found && text[at] === '\\') fail(text, at, `“${text.slice(at, at + 2)}” means nothing`, format);
      bytes.push(found ? found.value : ascii(text[at], text, at, format));
      at = found?.end ?? at + 1;
    }
    at++;
  }
}

function escaped(text, at) {
  ESCAPE.lastIndex = at;
  const found = ESCAPE.exec(text);
  if (!found) return null;
  const [, hex, octal, name] = found;
  const value = hex ? parseInt(hex, 16) : octal ? parseInt(octal, 8) & 0xff : NAMED[name];
  return value === undefined ? null : { value, end: ESCAPE.lastIndex };
}

function ascii(character, text, at, format = 'C array') {
  const code = character.charCodeAt(0);
  return code < 0x80 ? code : fail(text, at, `“${String.fromCodePoint(text.codePointAt(at))}” is not ASCII: which bytes it stands for is not said`, format);
}

function fail(text, at, words, format) {
  throw new BadDump(text, at, words, format);
}
