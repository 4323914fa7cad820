import { call, withQuery } from '../page/http.js';
import { clipEscaped } from '../framing/bytes.js';

const RECENT = 100;
/** How many bytes of a payload a row shows. */
export const PREVIEW = 160;

/**
 * The newest of what history holds under a filter, in the shape of a batch, so that the table opens on something. Batches
 * with what is later than `position` are on their way or will be. Events are asked for after the messages, and taken no
 * further than those reach: what happens meanwhile must neither be missed here nor be taken for known when it comes.
 */
export async function recentPast({ endpoint, connection, direction, contains }, position) {
  const messages = await call('GET', withQuery('/api/messages', { endpoint, connection, direction, contains, limit: RECENT, encoding: 'escaped' }));
  const events = await call('GET', withQuery('/api/events', { endpoint, connection, limit: RECENT }));
  const oldestFirst = messages.items.toReversed();
  // Where older messages were not asked for, older events would stand side by side as if nothing had been between them.
  const from = messages.next === null ? '' : oldestFirst[0]?.id ?? '';
  const to = [oldestFirst.at(-1)?.id ?? '', position ?? ''].toSorted().at(-1);
  const lifecycle = events.items.toReversed().filter(event => event.id > from && event.id <= to);
  const column = name => oldestFirst.map(message => message[name]);
  return {
    messages: {
      id: column('id'), at: column('at'), endpoint: column('endpoint'), connection: column('connection'),
      direction: column('direction'), origin: column('origin'), bytes: column('bytes'),
      preview: oldestFirst.map(message => clipEscaped(message.payload, PREVIEW)),
    },
    lifecycle,
    skipped: 0,
    to,
  };
}
