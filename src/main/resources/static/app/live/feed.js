import { withQuery } from '../page/http.js';
import { at } from '../page/root.js';

const RETRY_AFTER = [250, 500, 1000, 2000, 5000];

/**
 * The WebSocket to `/ws/live`. It is `connecting`, `open` or `lost`, says `state` when that changes, and hands on what
 * arrives as `hello` and `batch`. Lost, it comes back by itself and asks for what followed the last batch it was given.
 */
export class Feed extends EventTarget {
  state = 'connecting';
  /** When the connection was lost, and when the next attempt is made. */
  lostAt = null;
  retryAt = null;
  /** What the server said to it, or nothing. */
  reason = '';
  epoch = null;

  #socket = null;
  #since = null;
  #attempts = 0;
  #timer = null;
  #filter;

  /** The id up to which everything was given; what comes is later. Null before the first hello. */
  get position() {
    return this.#since;
  }

  /** `filter` gives the filter that holds at the moment of asking. */
  constructor(filter) {
    super();
    this.#filter = filter;
  }

  open() {
    clearTimeout(this.#timer);
    this.#socket?.close();
    const url = new URL(at(withQuery('/ws/live', { since: this.#since, epoch: this.epoch })), location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.addEventListener('open', () => this.sendFilter());
    socket.addEventListener('message', ({ data }) => { if (socket === this.#socket) this.#take(JSON.parse(data)); });
    socket.addEventListener('close', ({ reason }) => { if (socket === this.#socket) this.#lose(reason); });
  }

  /** Each batch is acknowledged once it is drawn; the server never has more than four on the way. */
  acknowledge(batch) {
    this.#send({ type: 'ack', to: batch.to });
  }

  sendFilter() {
    this.#send({ type: 'filter', ...this.#filter() });
  }

  pause() {
    this.#send({ type: 'pause' });
  }

  resume() {
    this.#send({ type: 'resume' });
  }

  /** Does not wait for the next attempt. Also for when the API is silent while the socket still seems open. */
  reconnect() {
    if (this.state === 'connecting') return;
    this.#lose();
    this.open();
  }

  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #take(message) {
    if (message.type === 'hello') {
      const restarted = this.epoch !== null && this.epoch !== message.epoch;
      this.epoch = message.epoch;
      this.#attempts = 0;
      this.lostAt = this.retryAt = null;
      if (restarted || this.#since === null) this.#since = message.latest;
      this.#become('open');
      this.dispatchEvent(new CustomEvent('hello', { detail: { ...message, restarted } }));
    } else if (message.type === 'batch') {
      this.#since = message.to;
      this.dispatchEvent(new CustomEvent('batch', { detail: message }));
    } else if (message.type === 'error') {
      console.warn(`The live feed did not understand: ${message.detail}`);
    }
  }

  #lose(reason = '') {
    this.reason = reason;
    this.#socket?.close();
    this.#socket = null;
    this.lostAt ??= new Date();
    const wait = RETRY_AFTER[Math.min(this.#attempts++, RETRY_AFTER.length - 1)];
    this.retryAt = Date.now() + wait;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(), wait);
    this.#become('lost');
  }

  #become(state) {
    this.state = state;
    this.dispatchEvent(new Event('state'));
  }
}
