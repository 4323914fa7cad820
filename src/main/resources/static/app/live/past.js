import { call, withQuery } from '../page/http.js';
import { clipEscaped } from '../framing/bytes.js';

const RECENT = 100;
/** How many bytes of a payload a row shows. */
export const PREVIEW = 160;

/** The newest of what history holds under a filter, in the shape of a batch, so that the table opens on something. */
export async function recentPast({ endpoint, connection, direction, contains }) {
  const [messages, events] = await Promise.all([
    call('GET', withQuery('/api/messages', { endpoint, connection, direction, contains, limit: RECENT, encoding: 'escaped' })),
    call('GET', withQuery('/api/events', { endpoint, connection, limit: RECENT })),
  ]);
  const oldestFirst = messages.items.toReversed();
  // Where older messages were not asked for, older events would stand side by side as if nothing had been between them.
  const from = messages.next === null ? '' : oldestFirst[0]?.id ?? '';
  const lifecycle = events.items.toReversed().filter(event => event.id > from);
  const column = name => oldestFirst.map(message => message[name]);
  return {
    messages: {
      id: column('id'), at: column('at'), endpoint: column('endpoint'), connection: column('connection'),
      direction: column('direction'), origin: column('origin'), bytes: column('bytes'),
      preview: oldestFirst.map(message => clipEscaped(message.payload, PREVIEW)),
    },
    lifecycle,
    skipped: 0,
    to: [oldestFirst.at(-1)?.id ?? '', lifecycle.at(-1)?.id ?? ''].toSorted().at(-1),
  };
}
