/** Bytes as text in the character sets met on wires. Browsers know neither true ISO-8859-1 nor EBCDIC, so those are here. */

export const CHARSETS = {
  'utf-8': 'UTF-8',
  'iso-8859-1': 'ISO-8859-1',
  'windows-1252': 'Windows-1252',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
  shift_jis: 'Shift_JIS',
  'ibm-037': 'EBCDIC 037',
  'ibm-500': 'EBCDIC 500',
};

/** The Latin-1 character of each EBCDIC byte, two hex digits each (CDRA, CCSID 37). */
const IBM_037 = table(
  '000102039c09867f978d8e0b0c0d0e0f101112139d8508871819928f1c1d1e1f80818283840a171b88898a8b8c050607909116939495960498999a9b14159e1a'
  + '20a0e2e4e0e1e3e5e7f1a22e3c282b7c26e9eaebe8edeeefecdf21242a293bac2d2fc2c4c0c1c3c5c7d1a62c255f3e3ff8c9cacbc8cdcecfcc603a2340273d22'
  + 'd8616263646566676869abbbf0fdfeb1b06a6b6c6d6e6f707172aabae6b8c6a4b57e737475767778797aa1bfd0dddeae5ea3a5b7a9a7b6bcbdbe5b5dafa8b4d7'
  + '7b414243444546474849adf4f6f2f3f57d4a4b4c4d4e4f505152b9fbfcf9faff5cf7535455565758595ab2d4d6d2d3d530313233343536373839b3dbdcd9da9f');
/** The same characters, seven of them in other places. */
const IBM_500 = Object.assign(IBM_037.slice(), { 0x4a: 0x5b, 0x4f: 0x21, 0x5a: 0x5d, 0x5f: 0x5e, 0xb0: 0xa2, 0xba: 0xac, 0xbb: 0x7c });

/**
 * The bytes read in `charset`, and whether all of them mean something in it; what doesn't stands as U+FFFD. With `more`
 * the bytes go on after these, and a character cut in two at the end is left out.
 */
export function decode(bytes, charset, more = false) {
  switch (charset) {
    case 'iso-8859-1': return { text: mapped(bytes, byte => byte), valid: true };
    case 'ibm-037': return { text: mapped(bytes, byte => IBM_037[byte]), valid: true };
    case 'ibm-500': return { text: mapped(bytes, byte => IBM_500[byte]), valid: true };
    default: return decoded(bytes, charset, more);
  }
}

function decoded(bytes, charset, more) {
  try {
    return { text: new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: more }), valid: true };
  } catch {
    return { text: new TextDecoder(charset, { ignoreBOM: true }).decode(bytes, { stream: more }), valid: false };
  }
}

function mapped(bytes, character) {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(character(byte));
  return text;
}

function table(digits) {
  return Uint8Array.from({ length: 256 }, (_, byte) => parseInt(digits.slice(byte * 2, byte * 2 + 2), 16));
}
