const STORED = 'switchboard.sent';
const MOST = 50;
const MOST_CHARACTERS = 64 * 1024;

/** What was sent from this browser, newest first, kept in it and bounded: what grows too large gives up the oldest. */
export class Sent {
  #storage;

  constructor(storage = localStorage) {
    this.#storage = storage;
  }

  get items() {
    try {
      const items = JSON.parse(this.#storage.getItem(STORED) ?? '[]');
      return Array.isArray(items) ? items.filter(item => typeof item?.payload === 'string' && typeof item.encoding === 'string') : [];
    } catch {
      return [];
    }
  }

  /** Remembers a draft and where it went; sent once more it comes first again. A file is not kept, nor what has no room. */
  remember({ payload, encoding, lineEnd, to, awaitReply, wait, repeat, interval }, { endpoint, connection }, at = new Date()) {
    if (encoding === 'file') return;
    const item = { payload, encoding, lineEnd, to, awaitReply, wait, repeat, interval, endpoint, connection, at: at.toISOString() };
    if (JSON.stringify([item]).length > MOST_CHARACTERS) return;
    let items = [item, ...this.items.filter(one => one.payload !== payload || one.encoding !== encoding || one.endpoint !== endpoint)].slice(0, MOST);
    while (JSON.stringify(items).length > MOST_CHARACTERS) items = items.slice(0, -1);
    this.#storage.setItem(STORED, JSON.stringify(items));
  }

  clear() {
    this.#storage.removeItem(STORED);
  }
}
