import { series } from '/app/endpoint/series.js';
import { Sent } from '/app/endpoint/sent.js';
import { equal } from '/browser-test/assert.js';

const draft = { payload: 'PING', encoding: 'text', lineEnd: 'lf', to: '', awaitReply: false, wait: '2s', repeat: 1, interval: '0s' };
const target = { endpoint: 'a', connection: null };

async function calls(changes, stopAfter = Infinity) {
  const made = [];
  const stop = new AbortController();
  await series({ ...draft, ...changes }, async ({ repeat }) => {
    made.push(repeat);
    if (made.length === stopAfter) stop.abort();
  }, { signal: stop.signal, told: () => {} });
  return made;
}

class Memory {
  values = new Map();
  getItem(key) { return this.values.get(key) ?? null; }
  setItem(key, value) { this.values.set(key, value); }
  removeItem(key) { this.values.delete(key); }
}

export const tests = {
  whatIsSentQuicklyGoesInFewCalls: async () => equal(await calls({ repeat: 2500 }), [1000, 1000, 500]),
  aCallSendsForASecondOrSo: async () => equal(await calls({ repeat: 2500, interval: '1ms' }, 2), [1000, 1000]),
  slowSeriesCanBeStoppedBetweenMessages: async () => equal(await calls({ repeat: 10, interval: '5m' }, 1), [1]),
  eachMessageWaitsForItsOwnReply: async () => equal(await calls({ repeat: 3, awaitReply: true }), [1, 1, 1]),
  theServerSeesAnIntervalThatIsNone: async () => equal(await calls({ repeat: 3, interval: 'soon' }), [3]),
  theNewestThatWasSentComesFirstAndOnlyOnce: () => {
    const sent = new Sent(new Memory());
    for (const payload of ['a', 'b', 'a']) sent.remember({ ...draft, payload }, target);
    equal(sent.items.map(({ payload }) => payload), ['a', 'b']);
    sent.clear();
    equal(sent.items, []);
  },
  whatWasSentIsBounded: () => {
    const storage = new Memory();
    const sent = new Sent(storage);
    for (let i = 0; i < 60; i++) sent.remember({ ...draft, payload: `${i}` }, target);
    equal(sent.items.length, 50);
    for (let i = 0; i < 20; i++) sent.remember({ ...draft, payload: `${i}${'x'.repeat(10_000)}` }, target);
    equal(storage.getItem('switchboard.sent').length <= 64 * 1024, true);
    equal(sent.items[0].payload.startsWith('19x'), true);
    sent.remember({ ...draft, payload: 'x'.repeat(100_000) }, target);
    equal(sent.items[0].payload.startsWith('19x'), true);
  },
  whatSomebodyElseLeftInTheBrowserDoesNoHarm: () => {
    const storage = new Memory();
    for (const value of ['{', 'null', '{"a":1}', '[null, 3, {"payload": 1}]']) {
      storage.setItem('switchboard.sent', value);
      equal(new Sent(storage).items, []);
    }
  },
};
