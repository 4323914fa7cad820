/** A send, as the composer holds it, in the words of the API. */

/** How lines of a text may end, and in what words. */
export const LINE_ENDS = { lf: { label: 'LF', end: '\n' }, crlf: { label: 'CR LF', end: '\r\n' }, cr: { label: 'CR', end: '\r' } };

export function pathOf(target) {
  return target.connection
    ? `/api/connections/${encodeURIComponent(target.connection)}/messages`
    : `/api/endpoints/${encodeURIComponent(target.endpoint)}/messages`;
}

/** What was typed, with the line ends that were chosen. */
export function written({ payload, encoding, lineEnd = 'lf' }) {
  return encoding === 'text' && lineEnd !== 'lf' ? payload.replaceAll('\n', LINE_ENDS[lineEnd].end) : payload;
}

/** The body of the request: only what differs from the API's defaults. */
export function bodyOf(draft) {
  return {
    payload: written(draft),
    ...(draft.encoding === 'text' ? {} : { encoding: draft.encoding }),
    ...optionsOf(draft),
  };
}

/** The same but for the payload; of a file they are parameters, and its bytes are the body. */
export function optionsOf({ to, awaitReply, wait, repeat, interval }) {
  return {
    ...(to ? { to } : {}),
    ...(awaitReply ? { awaitReply: wait } : {}),
    ...(repeat > 1 ? { repeat, interval } : {}),
  };
}

/** How long to wait for the answer to a send: its own waiting and repeating, and some more. */
export function patience({ awaitReply, wait, repeat, interval }) {
  return 15_000 + (awaitReply ? milliseconds(wait) : 0) + (repeat > 1 ? repeat * milliseconds(interval) : 0);
}

/** The length of `250ms`, `2s` or `5m`; 0 for what is none. */
export function milliseconds(duration) {
  const [, number, unit] = /^(\d+)(ms|s|m)$/.exec(duration) ?? [];
  return number ? number * { ms: 1, s: 1000, m: 60_000 }[unit] : 0;
}
