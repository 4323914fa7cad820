import { milliseconds } from './sending.js';

/** One call sends for about so long: a series can be stopped between its calls. */
const A_CALL = 1000;
const MOST = 1000;

/**
 * Sends `repeat` times, an interval apart, as several calls of the API; each answer goes to `told`, with how
 * many times it stands for. With a reply to wait for, each message waits for its own. Ends early once `signal` says so,
 * after the call under way.
 */
export async function series(draft, send, { signal, told }) {
  const { repeat, interval, awaitReply } = draft;
  const pause = milliseconds(interval);
  // The server has the words for an interval that is none, so it has to see it.
  const readable = /^\d+(ms|s|m)$/.test(interval);
  const most = !readable ? MOST : awaitReply ? 1 : pause === 0 ? MOST : Math.max(1, Math.min(MOST, Math.floor(A_CALL / pause)));
  let next = performance.now();
  for (let left = repeat; left > 0 && !signal.aborted;) {
    const count = Math.min(left, most);
    told(await send({ ...draft, repeat: count }), count);
    left -= count;
    next = Math.max(next + count * pause, performance.now());
    if (left > 0 && pause > 0) await untilDue(next, signal);
  }
}

function untilDue(due, signal) {
  return new Promise(resolve => {
    // Told during the call, it would not say so again.
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, Math.max(0, due - performance.now()));
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
