import { connectionNumber } from '../page/display.js';
import { instant } from '../history/timeline.js';

/**
 * The lives of an endpoint's sockets, one lane a socket, as calls that were made (`done`), the one it is in (`now`), what
 * went wrong (`failed`), what is still to come (`ahead`), and what must have been but no event tells of (`untold`).
 */

const BEGIN = { accept: 'accept()', connect: 'connect()' };

/**
 * The lanes of an endpoint since it was last started: its own socket first, then those of its connections, `most` of
 * them, the open ones and the newest first. `peerOf` gives the address of a connection's peer, if it is known.
 */
export function lanesOf(endpoint, events, most, peerOf = () => undefined) {
  const own = events.filter(({ connection }) => connection === null);
  if (endpoint.type === 'udp') return [datagramLane(endpoint, own)];
  const lives = livesIn(events, endpoint.type).filter(({ events: [first] }) => !endpoint.startedAt || first.at >= endpoint.startedAt);
  const newest = lives.toReversed().sort((a, b) => Number(isOver(a)) - Number(isOver(b))).slice(0, most);
  const sockets = newest.map(life => ({ ...connectionLane(life), where: peerOf(life.id) }));
  if (endpoint.type === 'tcp-server') return [listenerLane(endpoint, own, events), ...sockets];
  const attempt = attemptLane(endpoint, own, lives);
  return attempt ? [attempt, ...sockets] : sockets;
}

/** Each step's time since the first call of its lane, in microseconds; null where there is none. */
export function sinceFirst(lane, step) {
  const first = lane.steps.find(({ at }) => at)?.at;
  return first && step.at ? micros(step.at) - micros(first) : null;
}

/** `1.52 ms` of a number of microseconds, in the unit that fits. */
export function span(us) {
  if (us < 1000) return `${us} µs`;
  if (us < 1_000_000) return `${(us / 1000).toFixed(us < 10_000 ? 2 : us < 100_000 ? 1 : 0)} ms`;
  return us < 60_000_000 ? `${(us / 1_000_000).toFixed(us < 10_000_000 ? 2 : 1)} s` : age(us);
}

/** The same in whole seconds, as what is still going on is told. */
export function age(us) {
  const seconds = Math.max(0, Math.floor(us / 1_000_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (seconds < 60) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

/** Microseconds since the epoch of an instant of the API. */
export function micros(at) {
  return Math.round(instant(at) * 1000);
}

function listenerLane({ state, localAddress, bind }, own, events) {
  const run = runOf(own);
  const bound = find(run, 'bound');
  const listening = find(run, 'listening');
  const failed = state === 'failed' ? run.findLast(({ type }) => type === 'failed') : undefined;
  const begun = listening ?? bound;
  const accepted = begun ? events.filter(({ call, id }) => call === 'accept' && id > begun.id) : [];
  const running = state === 'listening';
  return {
    key: 'listener', title: 'Listening socket', where: localAddress ?? bind,
    note: bound && listening ? 'bind and listen: one call in the JVM' : null, joined: bound && listening ? ['bind()', 'listen()'] : null,
    steps: [
      told('socket()', find(run, 'created'), failed || running),
      failed ? wrong('bind()', failed) : told('bind()', bound, running),
      // The call that bound it had it listen as well.
      { ...told('listen()', listening, running), ...(bound && listening ? { at: bound.at, took: null } : {}) },
      { ...(running ? { label: 'accept() loop', state: 'now', at: listening?.at } : { label: 'accept() loop', state: run.some(isEnd) ? 'done' : 'ahead' }), times: accepted.length, event: accepted.at(-1) },
      told('close()', run.findLast(isEnd)),
    ],
  };
}

function datagramLane({ state, localAddress, bind }, own) {
  const run = runOf(own);
  const bound = find(run, 'bound');
  const failed = state === 'failed' ? run.findLast(({ type }) => type === 'failed') : undefined;
  const running = state === 'bound';
  return {
    key: 'socket', title: 'UDP socket', where: localAddress ?? bind, note: 'one socket for all peers: nothing is accepted', joined: null,
    steps: [
      told('socket()', find(run, 'created'), failed || running),
      failed ? wrong('bind()', failed) : told('bind()', bound, running),
      running ? { label: 'recvfrom() ⇄ sendto()', state: 'now', at: bound?.at } : { label: 'recvfrom() ⇄ sendto()', state: run.some(isEnd) ? 'done' : 'ahead' },
      told('close()', run.findLast(isEnd)),
    ],
  };
}

/** What a client is at while it has no connection: connecting, waiting to do so again, or not any more. */
function attemptLane({ state, remote }, own, lives) {
  const after = lives.at(-1)?.events.at(-1)?.id ?? '';
  const since = own.filter(({ id }) => id > after);
  const connecting = since.findLast(({ type, call }) => type === 'connecting' && call === 'connect');
  const failed = since.findLast(({ type }) => type === 'failed');
  if (state === 'connected' || (!connecting && !failed)) return null;
  const over = failed && (!connecting || failed.id > connecting.id);
  const attempts = since.filter(({ type, call }) => type === 'connecting' && call === 'connect').length;
  return {
    key: 'attempt', title: 'Client socket', where: remote, joined: null, note: attempts > 1 ? 'one of several attempts, each with a socket of its own' : null,
    steps: [
      told('socket()', attempts > 1 ? undefined : find(since, 'created'), true),
      over ? wrong('connect()', failed, connecting) : { label: 'connect()', state: state === 'connecting' ? 'now' : 'done', at: connecting.at, event: connecting },
      { label: 'write() ⇄ read()', state: 'ahead' },
      { label: 'close()', state: 'ahead' },
    ],
  };
}

/** The events of each connection that is known of, with those of the endpoint that led to it, oldest first. */
function livesIn(events, type) {
  const lives = new Map();
  let before = [];
  for (const event of events) {
    const { connection, call, type: what } = event;
    if (connection === null) {
      if (type !== 'tcp-client') continue;
      if (call === 'socket') before = [event];
      else if (what === 'connecting' && call === 'connect') before = [...before.filter(one => one.call === 'socket'), event];
      else before = [];
      continue;
    }
    const life = lives.get(connection) ?? { id: connection, type, events: [] };
    if (call === 'connect') {
      life.events.push(...before);
      before = [];
    }
    life.events.push(event);
    lives.set(connection, life);
  }
  return [...lives.values()];
}

function connectionLane({ id, type, events }) {
  const begun = events.find(({ connection, call }) => connection === id && call in BEGIN);
  const end = events.find(isOwnEnd);
  const accepted = type === 'tcp-server';
  const connecting = events.find(({ type: what }) => what === 'connecting');
  const halves = events.filter(({ type: what }) => what === 'peer-half-closed' || what === 'half-closed');
  const talking = accepted ? 'read() ⇄ write()' : 'write() ⇄ read()';
  const steps = accepted
    ? [told('accept()', begun, true)]
    : [told('socket()', events.find(({ call }) => call === 'socket'), true), { ...told('connect()', begun, true), took: took(connecting, begun) }];
  steps.push({ label: talking, state: end || halves.length ? 'done' : 'now', at: end || halves.length ? undefined : begun?.at });
  halves.forEach((half, i) => steps.push({ ...told(half.type === 'half-closed' ? 'shutdown(WR)' : 'read() = 0', half), ...(end || i < halves.length - 1 ? {} : { state: 'now' }) }));
  for (const trouble of events.filter(({ type: what }) => what === 'framing-error')) steps.push(wrong('framing error', trouble));
  steps.push(end?.type === 'reset' ? wrong('reset', end) : told('close()', end));
  return {
    key: id, connection: id, title: `${accepted ? 'Accepted' : 'Client socket'} ${connectionNumber(id)}`,
    note: null, joined: null, over: Boolean(end), steps,
  };
}

function isOver({ events }) {
  return events.some(isOwnEnd);
}

function isOwnEnd({ connection, type }) {
  return connection !== null && (type === 'closed' || type === 'reset');
}

function isEnd({ type }) {
  return type === 'stopped';
}

/** The events since the socket was last made, or since the last stop where a start failed. */
function runOf(own) {
  const made = own.findLastIndex(({ call }) => call === 'socket');
  const failed = own.findLastIndex(({ type, call }) => type === 'failed' && call === 'bind');
  return own.slice(Math.max(made, failed, 0));
}

function find(events, type) {
  return events.find(event => event.type === type);
}

/** A call that an event tells of; without one it is still to come, or `certain` to have been made. */
function told(label, event, certain = false) {
  return event ? { label, state: 'done', at: event.at, took: event.took ?? null, event } : { label, state: certain ? 'untold' : 'ahead' };
}

function wrong(label, event, begun) {
  return { label, state: 'failed', at: event.at, took: took(begun, event), event };
}

/** How long a call took: as it was measured, or from what tells of its beginning to what tells of its end. */
function took(begun, end) {
  return end?.took ?? (begun && end ? micros(end.at) - micros(begun.at) : null);
}
