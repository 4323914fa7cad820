import { toBytes, draftOf, BadPayload } from '../framing/bytes.js';
import { around } from '../framing/framing.js';
import { endsOf } from './preview.js';
import { written, LINE_ENDS } from './sending.js';

/** How a payload can be written in the composer. */
export const ENCODINGS = { text: 'Text', escaped: 'Escaped', hex: 'Hex', file: 'File' };

/** A file up to this size can be turned into something to edit. */
const EDITABLE = 64 * 1024;

/** The payload's `bytes` (not of a file), its `ends`, and the `frame` around it; or an `error`; or nothing while there is no file. */
export function encoded(draft, framing) {
  try {
    if (draft.encoding === 'file') return draft.file ? { ends: draft.file, frame: around(draft.file, framing) } : {};
    const bytes = toBytes(written(draft), draft.encoding);
    return { bytes, ends: endsOf(bytes), frame: around(bytes, framing) };
  } catch (failure) {
    if (failure instanceof BadPayload) return { error: failure.message };
    throw failure;
  }
}

/** What to change of a draft so that the same bytes are written another way, as far as that can be done. */
export async function rewritten(draft, encoding) {
  if (encoding === draft.encoding || encoding === 'file') return { encoding };
  if (draft.encoding === 'file' && !(draft.file?.length <= EDITABLE)) return { encoding, payload: '' };
  try {
    const bytes = draft.encoding === 'file' ? new Uint8Array(await draft.file.blob.arrayBuffer()) : toBytes(written(draft), draft.encoding);
    return encoding === 'text' ? asText(bytes) : { encoding, payload: draftOf(bytes, encoding).text };
  } catch (failure) {
    if (failure instanceof BadPayload) return { encoding };
    throw failure;
  }
}

/** A text field knows line feeds only, so other line ends have to be the same throughout, and are then the choice. */
function asText(bytes) {
  const text = textOf(bytes);
  if (text === null) return { encoding: 'text' };
  const lineEnd = !text.includes('\r') ? 'lf' : text.includes('\n') ? 'crlf' : 'cr';
  const payload = text.replaceAll(LINE_ENDS[lineEnd].end, '\n');
  return payload.includes('\r') || written({ payload, encoding: 'text', lineEnd }) !== text ? { encoding: 'text' } : { encoding: 'text', payload, lineEnd };
}

function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
