/** The framings of the contract: their names for people, the fields each needs, and the bytes each adds to a payload. */
import { toBytes, BadPayload } from './bytes.js';

export const FRAMINGS = [
  { type: 'raw', label: 'Raw: each read as it came' },
  { type: 'lf', label: 'Lines ended by LF (\\n)' },
  { type: 'crlf', label: 'Lines ended by CR LF (\\r\\n)' },
  { type: 'nul', label: 'Ended by NUL (\\0)' },
  { type: 'delimiter', label: 'Ended by a delimiter of your own', field: 'delimiter' },
  { type: 'stx-etx', label: 'Between STX and ETX' },
  { type: 'length', label: 'A length before each frame', field: 'bytes' },
  { type: 'fixed', label: 'Frames of one fixed size', field: 'size' },
  { type: 'json', label: 'One JSON value after another' },
];

/** A framing in a few words, as it stands beside an endpoint. */
export function framingName(framing) {
  switch (framing?.type) {
    case undefined: return '';
    case 'delimiter': return `delimiter ${framing.delimiter}`;
    case 'length': return `${framing.bytes}-byte length`;
    case 'fixed': return `${framing.size} bytes each`;
    case 'lf': case 'crlf': case 'nul': return framing.type.toUpperCase();
    case 'stx-etx': return 'STX … ETX';
    default: return framing.type;
  }
}

/** The bytes a framing puts before and after a payload on the wire. */
export function around(payload, framing) {
  const none = new Uint8Array();
  const with_ = (before, after) => ({ before: Uint8Array.from(before), after: Uint8Array.from(after) });
  switch (framing?.type) {
    case 'lf': return with_([], [0x0a]);
    case 'crlf': return with_([], [0x0d, 0x0a]);
    case 'nul': return with_([], [0x00]);
    case 'stx-etx': return with_([0x02], [0x03]);
    case 'delimiter': return { before: none, after: toBytes(framing.delimiter, 'escaped') };
    case 'length': return with_(bigEndian(payload.length, framing.bytes), []);
    case 'fixed':
      if (payload.length !== framing.size) {
        throw new BadPayload(`${payload.length} bytes, but every frame here has ${framing.size}.`);
      }
      return { before: none, after: none };
    default: return { before: none, after: none };
  }
}

function bigEndian(value, width) {
  if (value >= 256 ** width) throw new BadPayload(`${value} bytes do not fit a length of ${width} byte${width > 1 ? 's' : ''}.`);
  return Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** (width - 1 - i)) % 256);
}
