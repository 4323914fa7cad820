import { readDump, readBase64 } from '/app/framing/dump.js';
import { toHex } from '/app/framing/bytes.js';
import { toCArray, toHexdump } from '/app/framing/spelling.js';
import { equal } from '/browser-test/assert.js';

const PING = '50 49 4e 47 20 66 65 65 20 64 65 61 64 20 62 65 65 66 0d 0a 00';

/** What each program prints for the bytes of PING. */
const PRINTED = {
  xxd: `00000000: 5049 4e47 2066 6565 2064 6561 6420 6265  PING fee dead be
00000010: 6566 0d0a 00                             ef...`,
  'xxd ': `00000000: 50 49 4E 47 20 66 65 65  PING fee
00000008: 20 64 65 61 64 20 62 65   dead be
00000010: 65 66 0D 0A 00           ef...`,
  'xxd -b': `00000000: 01010000 01001001 01001110 01000111 00100000 01100110  PING f
00000006: 01100101 01100101 00100000 01100100 01100101 01100001  ee dea
0000000c: 01100100 00100000 01100010 01100101 01100101 01100110  d beef
00000012: 00001101 00001010 00000000                             ...`,
  'hexdump -C': `00000000  50 49 4e 47 20 66 65 65  20 64 65 61 64 20 62 65  |PING fee dead be|
00000010  65 66 0d 0a 00                                    |ef...|
00000015`,
  'hexdump of 16-bit words': `0000000 4950 474e 6620 6565 6420 6165 2064 6562
0000010 6665 0a0d 0000
0000015`,
  od: `000000 50 49 4e 47 20 66 65 65 20 64 65 61 64 20 62 65  >PING fee dead be<
000010 65 66 0d 0a 00                                   >ef...<
000015`,
  'od ': `0000000 50 49 4e 47 20 66 65 65 20 64 65 61 64 20 62 65
0000020 65 66 0d 0a 00
0000025`,
  'Wireshark hex dump': `0000   50 49 4e 47 20 66 65 65 20 64 65 61 64 20 62 65   PING fee dead be
0010   65 66 0d 0a 00                                    ef...`,
  'Wireshark hex dump ': `0000  50 49 4e 47 20 66 65 65  20 64 65 61 64 20 62 65   PING fee dead be
0010  65 66 0d 0a 00                                     ef...`,
  'tcpdump -X': `\t0x0000:  5049 4e47 2066 6565 2064 6561 6420 6265  PING.fee.dead.be
\t0x0010:  6566 0d0a 00                             ef...`,
  'C array': `unsigned char p[] = { /* it's PING */
  0x50, 0x49, 0x4e, 0x47, 0x20, 0x66, 0x65, 0x65, 0x20, 'd', 101, 0x61, 0x64, // dead
  0x20, 0x62, 0x65, 0x65, 0x66, '\\r', 0x0A, 0x0,
};
unsigned int p_len = 21;`,
  'C array ': 'new byte[] {(byte) 0x50, 73, 0x4e, 0x47, 0x20, 0x66, 0x65, 0x65, 0x20, 0x64, 0x65, 0x61, 0x64, 0x20, 0x62, 0x65, 0x65, 0x66, 13, 10, 0}',
  '\\x string': '\\x50\\x49\\x4e\\x47\\x20\\x66\\x65\\x65\\x20\\x64\\x65\\x61\\x64\\x20\\x62\\x65\\x65\\x66\\r\\n\\x00',
  '\\x string ': 'const char *p = "PING fee dead"\n  "\\x20\\x62\\x65\\x65\\x66"\n  "\\r\\n\\000";',
  '\\x string  ': "data = b'PING fee\\x20dead beef\\x0d\\x0a\\0'",
  'hex stream': '50494e472066656520646561642062656566\n0d0a00\n',
  'hex stream ': '0x50 0x49 0x4e 0x47 20:66:65:65-20-64-65-61 64 20 62 65 65 66 0d 0a 00',
};

function wrong(text) {
  const { error, line, column, format } = readDump(text);
  if (!error) throw new Error(`understood: ${text}`);
  if (!error.startsWith(`Line ${line}, column ${column}: `)) throw new Error(error);
  return [format, line, column];
}

function random(length) {
  return Uint8Array.from({ length }, () => (Math.random() < 0.6 ? 'PING dead beef 0123 |>*:\n'.charCodeAt(Math.random() * 25) : Math.random() * 256));
}

export const tests = {
  ...Object.fromEntries(Object.entries(PRINTED).map(([format, text], i) => [`whatProgramsPrintIsUnderstood${i}: ${format}`, () => {
    for (const one of [text, `${text}\n`, text.replaceAll('\n', '\r\n'), text.replaceAll(' ', '\u00a0')]) {
      const { format: found, bytes, error } = readDump(one);
      equal(error ?? toHex(bytes), PING);
      equal(found, format.trim());
    }
  }])),
  aStarStandsForLinesThatRepeat: () => {
    const { bytes } = readDump('00000000  41 41 41 41 41 41 41 41  41 41 41 41 41 41 41 41  |AAAAAAAAAAAAAAAA|\n*\n00000040  42  |B|\n00000041');
    equal([bytes.length, bytes[63], bytes[64]], [65, 0x41, 0x42]);
  },
  aStarIsNoInvitationToFillTheMemory: () => equal(wrong('00000000  41 41 |AA|\n*\nfffffff0  42 |B|')[1], 3),
  partOfADumpIsUnderstood: () => equal(toHex(readDump('00000010  41 42  |AB|').bytes), '41 42'),
  aLineThatWasLostIsNoticed: () => equal(
    wrong('00000000: 5049 4e47 2066 6565 2064 6561 6420 6265  PING fee dead be\n00000020: 6566                                     ef'), ['xxd', 2, 1]),
  aBrokenByteIsFoundWhereItStands: () => {
    equal(wrong('00000000  50 49 4g 47  |PING|\n00000004'), ['hexdump -C', 1, 17]);
    equal(wrong('0x50, 0x149'), ['C array', 1, 7]);
    equal(wrong('char p[] = {\n 0x50,\n oops }'), ['C array', 3, 2]);
    equal(wrong('"\\x50\\q"'), ['\\x string', 1, 6]);
    equal(wrong('"\\x50'), ['\\x string', 1, 6]);
    equal(wrong('50 4g'), [null, 1, 4]);
    equal(wrong('50 4'), [null, 1, 4]);
    equal(wrong(''), [null, 1, 1]);
  },
  wordsAreNotTakenForBytes: () => {
    for (const text of ['hello', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', '{"a": [1, 2]}', '12:30 and 14:45, or so', 'cafe latte', '{"id": "0x5g"}']) equal(readDump(text).bytes === undefined, true);
    for (const text of ['deadbeef', '12 34', '2026']) equal(readDump(text).sure, false);
  },
  oddLengthsOfWordsAreTold: () => equal(toHex(readDump('0000000 4241 0043\n0000003').bytes), '41 42 43'),
  offsetsWithoutABaseAreNotGuessed: () => equal(wrong(`0000000${' 00'.repeat(16)}\n*\n0000140${' 00'.repeat(7)}\n0000147`)[0], 'od'),
  whatThePageCopiesItUnderstands: () => {
    for (let i = 0; i < 300; i++) {
      const bytes = random(1 + Math.floor(Math.random() * 70));
      equal(readDump(toHexdump(bytes)).bytes, bytes);
      equal(readDump(toCArray(bytes)).bytes, bytes);
      equal(readDump(toHex(bytes)).bytes, bytes);
    }
  },
  nothingThrowsWhateverIsPasted: () => {
    const seeds = [...Object.values(PRINTED), 'hello, world', ''];
    const noise = '0123456789abcdefxX \n\t|<>*:,;{}[]()\\\'"/#-+\u00a0é😀\u0000';
    for (let i = 0; i < 20_000; i++) {
      let text = seeds[i % seeds.length];
      for (let edits = 1 + Math.floor(Math.random() * 4); edits > 0; edits--) {
        const at = Math.floor(Math.random() * (text.length + 1));
        const end = at + Math.floor(Math.random() ** 3 * (text.length - at + 1));
        text = text.slice(0, at) + (Math.random() < 0.7 ? noise[Math.floor(Math.random() * noise.length)] : text.slice(at, end)) + text.slice(end);
      }
      const { bytes, error, line, column } = readDump(text);
      if (bytes ? !(bytes instanceof Uint8Array) || bytes.length === 0 : !error || !(line >= 1) || !(column >= 1)) throw new Error(`neither bytes nor a place: ${JSON.stringify(text)}`);
      if (!bytes && line > text.split('\n').length) throw new Error(`no such line ${line}: ${JSON.stringify(text)}`);
    }
  },
  base64IsReadWhenAskedFor: () => {
    equal(toHex(readBase64('UElORyBp\nZD03/+8=')), '50 49 4e 47 20 69 64 3d 37 ff ef');
    equal(toHex(readBase64('UElORyBpZD03_-8')), '50 49 4e 47 20 69 64 3d 37 ff ef');
    equal([readBase64('hello, world'), readBase64('short'), readBase64('abcdefghi')], [null, null, null]);
  },
};
