import { Search } from '/app/history/search.js';
import { equal } from '/browser-test/assert.js';

const items = ids => ids.map(id => ({ id: String(id), at: `2026-01-01T00:00:${String(id % 60).padStart(2, '0')}.000000Z`, endpoint: 'e', connection: 'c-1', direction: 'in', origin: 'peer', bytes: 1, payload: `m${id}` }));
const count = n => Array.from({ length: n }, (_, i) => n - i);

/** Runs `test` with answers to what is fetched: each is `{before, answer}` or a function of the request's parameters. */
async function answering(answer, test) {
  const real = window.fetch;
  const asked = [];
  window.fetch = async (url, init) => {
    // The page around the tests goes on asking for its endpoints.
    if (!url.startsWith('/api/messages')) return real(url, init);
    const { signal } = init;
    const query = new URL(url, location.href).searchParams;
    asked.push(query.get('before'));
    const body = await answer(query, signal);
    if (signal.aborted) throw new DOMException('', 'AbortError');
    return new Response(JSON.stringify(body.title ? body : { captureGap: 0, complete: true, searchedTo: null, next: null, ...body }), { status: body.status ?? 200 });
  };
  try {
    await test(asked);
  } finally {
    window.fetch = real;
  }
}

const until = (search, phase) => new Promise(resolve => {
  const look = () => { if (search.phase === phase) resolve(); };
  search.addEventListener('status', look);
  look();
});

export const tests = {
  goesOnByItselfWhereTimeRanOut: () => answering(
    query => ({
      null: { items: items([9]), next: '7', complete: false, searchedTo: '2026-01-01T00:00:07.000000Z' },
      7: { items: [], next: '4', complete: false, searchedTo: '2026-01-01T00:00:04.000000Z' },
      4: { items: items([2]) },
    })[query.get('before')],
    async asked => {
      const search = new Search();
      search.begin({ contains: 'x' });
      await until(search, 'done');
      equal(asked, [null, '7', '4']);
      equal([search.rows.messages, search.state], [2, 'open']);
    },
  ),
  waitsOnceAPageIsFullUntilSomeoneLooksFurtherBack: () => answering(
    query => (query.get('before') ? { items: items([1]) } : { items: items(count(200)), next: '1' }),
    async asked => {
      const search = new Search();
      search.begin({});
      await until(search, 'waiting');
      search.seen(search.rows.end - 10);
      equal(search.phase, 'waiting');
      search.seen(search.rows.first + 20);
      await until(search, 'done');
      equal(asked, [null, '1']);
      equal(search.rows.messages, 201);
    },
  ),
  stopsAndGoesOnWhereItWas: () => answering(
    async (query, signal) => {
      if (query.get('before') !== '7') return { items: items([9]), next: '7', complete: false, searchedTo: '2026-01-01T00:00:07.000000Z' };
      if (answered) return { items: items([3]) };
      answered = true;
      await new Promise(resolve => signal.addEventListener('abort', resolve));
      return {};
    },
    async asked => {
      answered = false;
      const search = new Search();
      search.begin({});
      await new Promise(resolve => search.addEventListener('rows', resolve, { once: true }));
      while (asked.length < 2) await new Promise(resolve => setTimeout(resolve));
      search.stop();
      equal([search.phase, search.rows.messages], ['stopped', 1]);
      search.resume();
      await until(search, 'done');
      equal(asked, [null, '7', '7']);
      equal(search.rows.messages, 2);
    },
  ),
  tellsInWordsWhatWentWrongAndKeepsWhatItFound: () => answering(
    query => (query.get('before') ? { status: 500, title: 'Broken', detail: 'The disk is on fire.' } : { items: items([9]), next: '7', complete: false, searchedTo: null }),
    async () => {
      const search = new Search();
      search.begin({});
      await until(search, 'failed');
      equal([search.trouble, search.rows.messages], ['The disk is on fire.', 1]);
    },
  ),
};
let answered = false;
