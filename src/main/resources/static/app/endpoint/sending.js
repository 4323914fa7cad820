/** A send, as the composer holds it, in the words of the API. */

export function pathOf(target) {
  return target.connection
    ? `/api/connections/${encodeURIComponent(target.connection)}/messages`
    : `/api/endpoints/${encodeURIComponent(target.endpoint)}/messages`;
}

/** The body of the request: only what differs from the API's defaults. */
export function bodyOf({ payload, encoding, to, awaitReply, wait, repeat, interval }) {
  return {
    payload,
    ...(encoding === 'text' ? {} : { encoding }),
    ...(to ? { to } : {}),
    ...(awaitReply ? { awaitReply: wait } : {}),
    ...(repeat > 1 ? { repeat, interval } : {}),
  };
}

/** How long to wait for the answer to a send: its own waiting and repeating, and some more. */
export function patience({ awaitReply, wait, repeat, interval }) {
  return 15_000 + (awaitReply ? milliseconds(wait) : 0) + (repeat > 1 ? repeat * milliseconds(interval) : 0);
}

function milliseconds(duration) {
  const [, number, unit] = /^(\d+)(ms|s|m)$/.exec(duration) ?? [];
  return number ? number * { ms: 1, s: 1000, m: 60_000 }[unit] : 0;
}

/** The same call for a shell. */
export function curlOf(origin, path, body) {
  return `curl ${origin}${path} -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(body))}`;
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
