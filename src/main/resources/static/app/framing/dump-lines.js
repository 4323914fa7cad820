import { BadDump } from './dump-error.js';
import { isPrintable } from './bytes.js';

/**
 * Dumps of lines, each with an offset, hex digits, and perhaps the characters again: those of xxd, hexdump, od, Wireshark
 * and tcpdump. Offsets are held against the bytes, so that a line lost on the way is noticed.
 */

const OFFSET = /^[ \t]*(0x)?([0-9a-f]{4,16})(:?)([ \t]*)/i;
/** Lines of hexdump and od that repeat the one before stand as one star. */
const STAR = /^\s*\*\s*$/;
const BASES = [16, 8, 10];
const DIGITS = { 16: /^[0-9a-f]+$/i, 8: /^[0-7]+$/, 10: /^[0-9]+$/ };
const MOST = 16 * 1024 * 1024;

export const lineDump = {
  recognises(text) {
    const lines = linesOf(text);
    const begun = lines.map(({ line }) => begin(line)).filter(Boolean);
    const [first, second] = begun;
    if (!first || begun.length * 2 < lines.filter(({ line }) => !STAR.test(line)).length) return false;
    const [group] = hexOf(first.line, first.end, first.colon).groups;
    if (first.colon) return Boolean(group);
    if (first.gap >= 2) return group?.digits.length === 2;
    // A single blank: plain digits look the same, so the next line's offset has to be the right one.
    const count = bytesIn(first);
    const starred = lines.some(({ line }) => STAR.test(line));
    return count > 0 && begun.length > 1 && BASES.some(base => {
      const distance = parseInt(second.offset, base) - parseInt(first.offset, base);
      return distance === count || (distance === count - 1 && first.offset.length === 7) || (starred && distance > count && distance % count === 0);
    });
  },
  read(text) {
    const lines = linesOf(text);
    const [first] = lines;
    const start = begin(first.line) ?? begin(lines.find(({ line }) => begin(line)).line);
    const format = formatOf(start, lines);
    const rows = lines.map(({ line, at }) => rowOf(line, at, text, format));
    return { format: format.name, bytes: joined(rows, text, format), sure: true };
  },
};

function linesOf(text) {
  let at = 0;
  return text.split('\n').map(line => {
    const one = { line: line.trimEnd(), at };
    at += line.length + 1;
    return one;
  }).filter(({ line }) => line !== '');
}

/** What a line begins with, or null if that is no offset. */
function begin(line) {
  const found = OFFSET.exec(line);
  if (!found) return null;
  const [whole, prefix, offset, colon, blanks] = found;
  if (whole.length < line.length && !colon && blanks.length === 0) return null;
  return { line, prefix, offset, colon: Boolean(colon), gap: blanks.length, end: whole.length };
}

function formatOf({ prefix, offset, colon, gap, line, end }, lines) {
  const { groups, rest } = hexOf(line, end, colon);
  const words = groups.length > 0 && groups.every(({ digits }) => digits.length === 4);
  if (colon) {
    if (prefix) return { name: 'tcpdump -X', colon };
    // As hex such digits would be several bytes a group, each of them a dot among the characters.
    if (groups.every(({ digits }) => /^[01]{8}$/.test(digits)) && rest.length <= groups.length) return { name: 'xxd -b', colon, bits: true };
    return isLittle(lines) ? { name: 'xxd -e', colon, little: true } : { name: 'xxd', colon };
  }
  if (isFramed(line, '|', '|')) return { name: 'hexdump -C' };
  if (isFramed(line, '>', '<')) return { name: 'od' };
  if (words && offset.length === 7) return { name: 'hexdump of 16-bit words', little: true, odd: true };
  if (gap >= 2 && offset.length < 7) return { name: 'Wireshark hex dump', loose: true };
  return { name: lines.some(one => isFramed(one.line, '|', '|')) || gap >= 2 ? 'hexdump -C' : 'od' };
}

/** Whether a line ends with characters between two marks. */
function isFramed(line, first, last) {
  return line.endsWith(last) && line.slice(0, -1).includes(first);
}

/** Whether only the bytes of each group in reverse are those that the characters tell of. */
function isLittle(lines) {
  const parts = lines.map(({ line }) => begin(line)).filter(Boolean).map(({ line, end }) => hexOf(line, end, true)).filter(({ groups, rest }) => groups.length && rest);
  return parts.some(({ groups, rest }) => !agrees(groups, rest, false)) && parts.every(({ groups, rest }) => agrees(groups, rest, true));
}

/** Whether the characters at the end of a line are those of its bytes. */
function agrees(groups, characters, little) {
  const bytes = groups.flatMap(({ digits }) => bytesOf(digits, { little }));
  return bytes.every((byte, i) => !isPrintable(byte) || byte === 0x20 || characters[i] === String.fromCharCode(byte));
}

function bytesIn({ line, end, colon }) {
  return hexOf(line, end, colon).groups.reduce((sum, { digits }) => sum + digits.length / 2, 0);
}

/**
 * The groups of digits from `from` on and what follows them. One blank stands between groups, and two after the eighth
 * byte, but for the programs that write a colon; more blanks begin the characters.
 */
function hexOf(line, from, colon) {
  const groups = [];
  const group = /([0-9a-f]{2}(?:[0-9a-f]{2})*)(?=[ \t]|$)/iy;
  let count = 0;
  let at = from;
  for (;;) {
    group.lastIndex = at;
    const found = group.exec(line);
    if (!found) return { groups, rest: line.slice(at), end: at, stuck: at < line.length };
    groups.push({ digits: found[1], at });
    count += found[1].length / 2;
    const [blanks] = /^[ \t]*/.exec(line.slice(group.lastIndex));
    at = group.lastIndex + blanks.length;
    const half = !colon && blanks.length === 2 && count === 8 && /^[0-9a-f]{2}( |$)/i.test(line.slice(at));
    if (at >= line.length || (blanks.length > 1 && !half)) return { groups, rest: line.slice(at), end: at, stuck: false };
  }
}

function rowOf(line, lineAt, text, format) {
  if (STAR.test(line)) return { star: true, at: lineAt };
  const start = begin(line);
  if (!start) throw new BadDump(text, lineAt + line.search(/\S/), 'no offset stands at the beginning of this line', format.name);
  const { groups, rest, end, stuck } = hexOf(line, start.end, format.colon);
  if (stuck && !/^[|>]/.test(rest)) throw new BadDump(text, lineAt + end, `“${String.fromCodePoint(rest.codePointAt(0))}” is not where a byte's two hex digits should be`, format.name);
  const bytes = groups.flatMap(({ digits, at }) => {
    if (format.bits && !/^[01]{8}$/.test(digits)) throw new BadDump(text, lineAt + at, `“${digits}” are not eight bits`, format.name);
    return bytesOf(digits, format);
  });
  if (format.colon && rest.length > bytes.length) throw new BadDump(text, lineAt + end, `${rest.length} characters stand here for ${bytes.length} bytes`, format.name);
  return { offset: start.offset, bytes, at: lineAt };
}

function bytesOf(digits, { bits, little }) {
  if (bits) return [parseInt(digits, 2)];
  const bytes = digits.match(/../g).map(pair => parseInt(pair, 16));
  return little ? bytes.reverse() : bytes;
}

/** All bytes in order. Of a dump with stars the base of its offsets decides how many there are, so it has to be certain. */
function joined(rows, text, format) {
  const found = [];
  let trouble;
  for (const base of basesOf(rows, format)) {
    try {
      found.push(inBase(rows, base, text, format));
    } catch (failure) {
      if (!(failure instanceof BadDump)) throw failure;
      trouble ??= failure;
    }
  }
  if (found.length === 0) throw trouble;
  const other = found.find(({ length }) => length !== found[0].length);
  if (other) throw new BadDump(text, rows[0].at, `it is ${found[0].length} or ${other.length} bytes, as the base of its offsets is not said`, format.name);
  return found[0];
}

/** od writes seven digits in octal or decimal and six in hexadecimal; hexdump seven in hexadecimal. */
function basesOf([{ offset }], { name, odd }) {
  if (offset?.length !== 7) return [16];
  if (odd) return [16, 8];
  return name === 'od' ? [8, 10] : [16];
}

function inBase(rows, base, text, { name, odd, loose }) {
  const bytes = [];
  const fail = (row, words) => { throw new BadDump(text, row.at, words, name); };
  let first;
  rows.forEach((row, i) => {
    if (row.star) {
      if (!rows[i - 1]?.bytes?.length || rows[i + 1]?.offset === undefined) fail(row, 'a star stands for lines between two others');
      return;
    }
    if (!DIGITS[base].test(row.offset)) fail(row, `${row.offset} is no offset in base ${base}`);
    const at = parseInt(row.offset, base);
    first ??= at;
    const gap = at - first - bytes.length;
    if (gap > 0 && rows[i - 1]?.star) repeat(bytes, rows[i - 2].bytes, gap, () => fail(row, `more than ${MOST} bytes`));
    else if (gap === -1 && odd && row.bytes.length === 0) bytes.pop();
    else if (loose && gap < 0 && -gap < (rows[i - 1]?.bytes?.length ?? 0)) bytes.length += gap;
    else if (gap !== 0) fail(row, `this line begins at ${row.offset}, but the bytes before it end at ${(first + bytes.length).toString(base)}`);
    for (const byte of row.bytes) bytes.push(byte);
  });
  if (bytes.length === 0) fail(rows[0], 'there are no bytes here');
  return Uint8Array.from(bytes);
}

function repeat(bytes, line, count, tooMany) {
  if (bytes.length + count > MOST) tooMany();
  for (let i = 0; i < count; i++) bytes.push(line[i % line.length]);
}
