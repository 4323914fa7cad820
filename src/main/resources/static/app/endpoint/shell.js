import { withQuery } from '../page/http.js';
import { isPrintable } from '../framing/bytes.js';
import { bodyOf, optionsOf, pathOf } from './sending.js';

/** A send as a line for a POSIX shell. */

/** More than this no terminal takes in one line, and Linux takes 128 KiB in one argument. */
const LONGEST = 64 * 1024;
/** The shell hands more than this to nc in parts, and each would be a datagram. */
const ONE_WRITE = 4096;
const NAMED = new Map([[0x0d, '\\r'], [0x0a, '\\n'], [0x09, '\\t'], [0x5c, '\\\\'], [0x25, '%%']]);
const QUOTE = 0x27;

/** The same call, or null if it is too long for a line. */
export function curlOf(origin, target, draft) {
  if (draft.encoding !== 'file' && draft.payload.length > LONGEST) return null;
  const options = optionsOf(draft);
  const line = draft.encoding === 'file'
    ? `curl ${quoted(origin + withQuery(pathOf(target), options))} -H 'Content-Type: application/octet-stream' --data-binary ${quoted(`@${draft.file?.name ?? ''}`)}`
    : `curl ${quoted(origin + pathOf(target))} -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(bodyOf(draft)))}`;
  return line.length > LONGEST ? null : line;
}

/**
 * The same bytes without Switchboard, framing included: to the peer it would send to, or into a server as a peer of it
 * would. Null where no such place is known, or if it is too long.
 */
export function ncOf(place, { bytes, file, frame }) {
  if (!place || (!bytes && !file)) return null;
  const size = frame.before.length + (bytes ?? file).length + frame.after.length;
  if ((place.udp && size > ONE_WRITE) || (bytes && size > LONGEST)) return null;
  const nc = `nc ${place.udp ? '-u -w 1' : '-w 2'} ${quoted(place.host)} ${place.port}`;
  if (file) {
    const around = size > file.length;
    return around ? `{ ${printf(frame.before)}; cat ${quoted(`./${file.name}`)}; ${printf(frame.after)}; } | ${nc}` : `${nc} < ${quoted(`./${file.name}`)}`;
  }
  const line = `${printf([...frame.before, ...bytes, ...frame.after])} | ${nc}`;
  return line.length > LONGEST ? null : line;
}

/** Where nc would have to go. */
export function placeOf(endpoint, connection, to) {
  if (!endpoint || endpoint.tls) return null;
  const udp = endpoint.type === 'udp';
  const address = endpoint.type === 'tcp-server' ? endpoint.localAddress : (connection?.remote ?? (udp && to ? to : endpoint.remote));
  const [, host, port] = /^\[?(.+?)\]?:(\d+)$/.exec(address ?? '') ?? [];
  return port ? { host, port, udp } : null;
}

/** `printf` of any bytes, in what POSIX gives its format: octal escapes always of three digits, `%%` for a percent sign. */
export function printf(bytes) {
  let format = '';
  for (const byte of bytes) {
    const plain = isPrintable(byte) && byte !== QUOTE && !(byte === 0x2d && format === '');
    format += NAMED.get(byte) ?? (plain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`);
  }
  return `printf '${format}'`;
}

/** A word that the shell takes as it is. */
export function quoted(text) {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
