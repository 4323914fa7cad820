import { counted } from '../page/display.js';
import { toBytes, toHex, BadPayload } from '../framing/bytes.js';
import { readDump, readBase64 } from '../framing/dump.js';
import { written } from './sending.js';

/**
 * What pasting `text` over [from, to) of a draft should do: `{draft, words, undo}` when it is plainly bytes that another
 * program printed; `{offer, words}` when it may be, `offer` being such an answer; `{words}` when it is a dump with a
 * fault; null when it is nothing but text.
 */
export function pasted(text, draft, from, to) {
  const plain = { ...draft, payload: draft.payload.slice(0, from) + text + draft.payload.slice(to) };
  const dump = readDump(text);
  if (dump.bytes) {
    if (isAlreadySo(text, draft, dump)) return null;
    const taken = take(dump.bytes, dump.format, draft, from, to, plain);
    if (!taken) return null;
    return dump.sure ? taken : { offer: taken, words: `This may be a ${dump.format}, ${counted(dump.bytes.length, 'byte')}.` };
  }
  if (dump.format) return { words: `This looks like ${dump.format}, but: ${dump.error}.` };
  const bytes = looksLikeBase64(text) ? readBase64(text) : null;
  const taken = bytes && take(bytes, 'base64', draft, from, to, plain);
  return taken ? { offer: taken, words: `This may be base64, ${counted(bytes.length, 'byte')}.` } : null;
}

function isAlreadySo(text, { encoding }, { format, bytes }) {
  if (encoding === 'hex') return format === 'hex stream';
  try {
    return encoding === 'escaped' && toHex(toBytes(text.trim(), 'escaped')) === toHex(bytes);
  } catch {
    return false;
  }
}

/** The draft with the bytes among those it had, in hex; null if those can't be read. */
function take(bytes, format, draft, from, to, plain) {
  try {
    const part = (...ends) => toHex(toBytes(written({ ...draft, payload: draft.payload.slice(...ends) }), draft.encoding));
    const payload = [part(0, from), toHex(bytes), part(to)].filter(Boolean).join(' ');
    return { draft: { ...draft, payload, encoding: 'hex' }, words: `Understood as ${format}, ${counted(bytes.length, 'byte')}.`, undo: plain };
  } catch (failure) {
    if (failure instanceof BadPayload) return null;
    throw failure;
  }
}

/** Many a word is base64 by its letters; a padded or a long mixed one may be meant. */
function looksLikeBase64(text) {
  const digits = text.trim();
  if (/\s\S*\s/.test(digits) && !/^\S{40,}\s/.test(digits)) return false;
  return digits.length >= 8 && (/=$/.test(digits) || (digits.length >= 24 && /[a-z]/.test(digits) && /[A-Z]/.test(digits) && /\d/.test(digits)));
}
