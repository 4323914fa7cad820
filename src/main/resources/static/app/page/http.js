import { at } from './root.js';
/** What the API answered when it did not do as asked, or `status` 0 when it did not answer at all. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? body.title ?? `The server answered ${status}.`);
    this.status = status;
    this.fields = new Map((body.errors ?? []).map(({ field, message }) => [field, message]));
  }
}

const PATIENCE = 10_000;

/** Calls the API with `json` or bare `bytes` and returns its JSON, null for an answer without a body, or throws a `Problem`; an `AbortError` once `signal` says so. */
export async function call(method, path, { json, bytes, timeout = PATIENCE, signal } = {}) {
  const type = bytes ? 'application/octet-stream' : json === undefined ? null : 'application/json';
  const response = await fetched(path, {
    method,
    headers: { accept: 'application/json', ...(type ? { 'content-type': type } : {}) },
    body: bytes ?? (json === undefined ? undefined : JSON.stringify(json)),
    signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(timeout)]) : AbortSignal.timeout(timeout),
  });
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

/** The bytes of a message. */
export async function payloadOf(id, signal) {
  const response = await fetched(payloadUrl(id), { signal });
  return new Uint8Array(await response.arrayBuffer());
}

export function payloadUrl(id) {
  return `/api/messages/${encodeURIComponent(id)}/payload`;
}

/** A path with those of the parameters that have a value. */
export function withQuery(path, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== ''));
  return query.size ? `${path}?${query}` : path;
}

async function fetched(path, init) {
  let response;
  try {
    response = await fetch(at(path), init);
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Problem(0, { detail: failure.name === 'TimeoutError' ? 'Switchboard did not answer in time.' : 'Switchboard can’t be reached.' });
  }
  if (response.ok) return response;
  throw new Problem(response.status, await response.json().catch(() => ({})));
}
