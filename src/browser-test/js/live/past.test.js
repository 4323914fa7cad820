import { recentPast } from '/app/live/past.js';
import { equal } from '/browser-test/assert.js';

const message = id => ({ id, at: '', endpoint: 'e', connection: 'c-1', direction: 'in', origin: 'peer', bytes: 1, payload: 'x' });
const event = id => ({ id, endpoint: 'e', connection: null, type: 'accepted' });

async function past({ messages, events, next = null, position }) {
  const real = window.fetch;
  const answers = { '/api/messages': { items: messages.map(message), next }, '/api/events': { items: events.map(event), next: null } };
  window.fetch = async (url, init) => {
    const answer = answers[url.split('?')[0]];
    // The page around the tests goes on asking for its endpoints.
    return answer ? new Response(JSON.stringify(answer)) : real(url, init);
  };
  try {
    const { messages: { id }, lifecycle, to } = await recentPast({}, position);
    return { messages: id, events: lifecycle.map(one => one.id), to };
  } finally {
    window.fetch = real;
  }
}

export const tests = {
  whatCameAfterTheMessagesIsLeftToTheFeed: async () =>
    equal(await past({ messages: ['5', '3'], events: ['7', '4', '2'], position: '4' }), { messages: ['3', '5'], events: ['2', '4'], to: '5' }),
  whatTheFeedGaveBeforeIsKnown: async () =>
    equal(await past({ messages: [], events: ['7', '4'], position: '6' }), { messages: [], events: ['4'], to: '6' }),
  noEventsFromBeforeTheOldestMessageOfMany: async () =>
    equal(await past({ messages: ['5', '3'], events: ['4', '2'], next: '3', position: '5' }), { messages: ['3', '5'], events: ['4'], to: '5' }),
};
