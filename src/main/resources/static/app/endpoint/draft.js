import { TYPES } from './types.js';

/** What the form holds while it is filled in, and the definition that goes to the API. */

const MAX_FRAME = 1_048_576;

/** An empty form for a type, with a name not yet taken. */
export function newDraft(type, taken) {
  const base = TYPES[type].name;
  const names = new Set(taken.map(({ name }) => name));
  let name = base;
  for (let n = 2; names.has(name); n++) name = `${base}-${n}`;
  return {
    type, name, bind: type === 'tcp-client' ? '' : '127.0.0.1:0', remote: '', framing: 'raw', delimiter: '\\r\\n', bytes: '2', size: '16',
    maxFrameBytes: String(MAX_FRAME), echo: false, reconnect: true, autoStart: true, description: '',
  };
}

/** The form as it stands for an endpoint that exists. */
export function draftOf(endpoint) {
  const { framing } = endpoint;
  return {
    ...newDraft(endpoint.type, []),
    name: endpoint.name,
    bind: endpoint.bind ?? '',
    remote: endpoint.remote ?? '',
    framing: framing?.type ?? 'raw',
    ...(framing?.delimiter ? { delimiter: framing.delimiter } : {}),
    ...(framing?.bytes ? { bytes: String(framing.bytes) } : {}),
    ...(framing?.size ? { size: String(framing.size) } : {}),
    maxFrameBytes: String(endpoint.maxFrameBytes ?? MAX_FRAME),
    echo: endpoint.onReceive === 'echo',
    reconnect: endpoint.reconnect ?? true,
    autoStart: endpoint.autoStart ?? true,
    description: endpoint.description ?? '',
    whenFull: endpoint.whenFull,
  };
}

/** The form for another endpoint like this one: a name and a port of its own, so far as can be told from here. */
export function copyOf(endpoint, taken) {
  const draft = draftOf(endpoint);
  const names = new Set(taken.map(({ name }) => name));
  const base = `${endpoint.name.slice(0, 55)}-copy`;
  let name = base;
  for (let n = 2; names.has(name); n++) name = `${base}-${n}`;
  return { ...draft, name, bind: freeBind(draft.bind, taken) };
}

/** The next port no endpoint has; 0, any free one, stays. */
function freeBind(bind, taken) {
  const [, host, port] = /^(.*):(\d+)$/.exec(bind) ?? [];
  if (!port || port === '0') return bind;
  const ports = new Set(taken.flatMap(endpoint => [endpoint.bind, endpoint.localAddress]).filter(Boolean).map(address => address.slice(address.lastIndexOf(':') + 1)));
  let next = Number(port);
  do next++; while (ports.has(String(next)));
  return `${host}:${next > 65_535 ? 0 : next}`;
}

export function definitionOf(draft) {
  const { type } = draft;
  const has = field => TYPES[type].fields.includes(field);
  return {
    name: draft.name.trim(),
    type,
    ...(has('bind') && draft.bind.trim() ? { bind: draft.bind.trim() } : {}),
    ...(has('remote') && draft.remote.trim() ? { remote: draft.remote.trim() } : {}),
    ...(has('framing') ? { framing: framingOf(draft), maxFrameBytes: number(draft.maxFrameBytes), ...(draft.whenFull ? { whenFull: draft.whenFull } : {}) } : {}),
    ...(has('reconnect') ? { reconnect: draft.reconnect } : {}),
    onReceive: draft.echo ? 'echo' : 'none',
    autoStart: draft.autoStart,
    ...(draft.description.trim() ? { description: draft.description.trim() } : {}),
  };
}

function framingOf({ framing: type, delimiter, bytes, size }) {
  switch (type) {
    case 'delimiter': return { type, delimiter };
    case 'length': return { type, bytes: number(bytes) };
    case 'fixed': return { type, size: number(size) };
    default: return { type };
  }
}

/** What is no number goes to the server as it is: it has the words for it. */
function number(typed) {
  return /^\d+$/.test(typed.trim()) ? Number(typed) : typed;
}
