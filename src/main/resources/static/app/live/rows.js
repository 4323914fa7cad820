export const MESSAGE = 0;
export const EVENT = 1;
export const GAP = 2;

/**
 * The rows of the live table in order of id: messages, life-cycle events, and gaps where rows were left out. A ring in
 * columns, bounded; a row has a sequence number for as long as it is kept, from `first` up to but not including `end`.
 */
export class Rows {
  first = 0;
  end = 0;
  /** How many of the rows are messages. */
  messages = 0;

  #capacity;
  #kind;
  #bytes;
  #id = [];
  #at = [];
  #endpoint = [];
  #connection = [];
  #direction = [];
  #origin = [];
  /** The preview of a message, the object of an event, the number a gap left out. */
  #content = [];

  constructor(capacity = 200_000) {
    this.#capacity = capacity;
    this.#kind = new Uint8Array(capacity);
    this.#bytes = new Float64Array(capacity);
  }

  get size() {
    return this.end - this.first;
  }

  clear() {
    for (const column of [this.#id, this.#at, this.#endpoint, this.#connection, this.#direction, this.#origin, this.#content]) {
      column.length = 0;
    }
    this.first = this.end = this.messages = 0;
  }

  /** Adds the rows of a batch that come after `after` and that the two tests let in; returns how many. */
  add({ messages, lifecycle = [], skipped = 0, to }, { after = '', message = () => true, event = () => true } = {}) {
    const before = this.end;
    const ids = messages?.id ?? [];
    let next = 0;
    const eventsUpTo = id => {
      while (next < lifecycle.length && (id === null || lifecycle[next].id < id)) this.#addEvent(lifecycle[next++], after, event);
    };
    for (let i = 0; i < ids.length; i++) {
      eventsUpTo(ids[i]);
      if (ids[i] > after && message(messages, i)) this.#addMessage(messages, i);
    }
    eventsUpTo(null);
    if (skipped > 0 && to > after) this.#append(GAP, to, '', null, null, null, null, 0, skipped);
    return this.end - before;
  }

  /** The row with this sequence number, as one object. */
  at(sequence) {
    const i = sequence % this.#capacity;
    return {
      sequence,
      kind: this.#kind[i],
      id: this.#id[i],
      at: this.#at[i],
      endpoint: this.#endpoint[i],
      connection: this.#connection[i],
      direction: this.#direction[i],
      origin: this.#origin[i],
      bytes: this.#bytes[i],
      preview: this.#kind[i] === MESSAGE ? this.#content[i] : null,
      event: this.#kind[i] === EVENT ? this.#content[i] : null,
      skipped: this.#kind[i] === GAP ? this.#content[i] : 0,
    };
  }

  kindAt(sequence) {
    return this.#kind[sequence % this.#capacity];
  }

  /** The sequence number of the message or event with this id, or -1. Ids sort in the order of capture. */
  find(id) {
    let low = this.first;
    let high = this.end - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#id[middle % this.#capacity];
      if (found === id && this.kindAt(middle) !== GAP) return middle;
      // A gap carries the id of the last row before it.
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #addMessage(columns, i) {
    this.#append(MESSAGE, columns.id[i], columns.at[i], columns.endpoint[i], columns.connection[i], columns.direction[i],
      columns.origin[i], columns.bytes[i], columns.preview[i]);
  }

  #addEvent(event, after, letIn) {
    if (event.id > after && letIn(event)) {
      this.#append(EVENT, event.id, event.at, event.endpoint, event.connection, null, null, 0, event);
    }
  }

  #append(kind, id, at, endpoint, connection, direction, origin, bytes, content) {
    if (this.size === this.#capacity) this.#makeRoom();
    if (kind === MESSAGE) this.messages++;
    const i = this.end++ % this.#capacity;
    this.#kind[i] = kind;
    this.#id[i] = id;
    this.#at[i] = at;
    this.#endpoint[i] = endpoint;
    this.#connection[i] = connection;
    this.#direction[i] = direction;
    this.#origin[i] = origin;
    this.#bytes[i] = bytes;
    this.#content[i] = content;
  }

  /** For many rows at once: whoever looks at old ones is then moved seldom. */
  #makeRoom() {
    const first = this.first + Math.max(1, Math.floor(this.#capacity / 20));
    for (; this.first < first; this.first++) if (this.kindAt(this.first) === MESSAGE) this.messages--;
  }
}
