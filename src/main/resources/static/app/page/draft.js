import { call, payloadOf } from './http.js';
import { at } from './root.js';

const WANTED = 'switchboard.draft';

/** Has the composer of the live page take the bytes of a message, found on another page, as its draft. */
export function draftElsewhere({ id, endpoint }) {
  sessionStorage.setItem(WANTED, id);
  location.assign(`${at('/')}?${new URLSearchParams({ endpoint, message: id })}`);
}

/** The message wanted by another page and its bytes, once; null as a rule, or if it is gone. */
export async function wantedDraft() {
  const id = sessionStorage.getItem(WANTED);
  sessionStorage.removeItem(WANTED);
  if (!id) return null;
  try {
    const [message, bytes] = await Promise.all([call('GET', `/api/messages/${encodeURIComponent(id)}`), payloadOf(id)]);
    return { message, bytes };
  } catch (problem) {
    if (problem.fields) return null;
    throw problem;
  }
}
