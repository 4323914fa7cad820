import { hexByte, isPrintable } from './bytes.js';

/** Bytes written for other programs. */

const A_LINE = 12;

/** `const unsigned char payload[2] = { 0x50, 0x49 };`, in lines. */
export function toCArray(bytes) {
  const lines = [];
  for (let i = 0; i < bytes.length; i += A_LINE) lines.push(Array.from(bytes.subarray(i, i + A_LINE), byte => `0x${hexByte(byte)}`).join(', '));
  return `const unsigned char payload[${bytes.length}] = {\n${lines.map(line => `  ${line}`).join(',\n')}\n};\n`;
}

/** As `hexdump -C` writes them. */
export function toHexdump(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 16) {
    const line = bytes.subarray(at, at + 16);
    const half = part => Array.from(part, hexByte).join(' ').padEnd(23);
    text += `${offset(at)}  ${half(line.subarray(0, 8))}  ${half(line.subarray(8))}  |${Array.from(line, characterOf).join('')}|\n`;
  }
  return `${text}${offset(bytes.length)}\n`;
}

function characterOf(byte) {
  return isPrintable(byte) ? String.fromCharCode(byte) : '.';
}

export function offset(number) {
  return number.toString(16).padStart(8, '0');
}
