import { age, lanesOf, micros, sinceFirst, span } from '/app/endpoint/lanes.js';
import { equal } from '/browser-test/assert.js';

let number = 100;

function event(type, call, { connection = null, at = `2026-08-01T12:00:00.000${number++}Z` } = {}) {
  return { id: String(number++), at, endpoint: 'meter', connection, type, call, detail: `${type} in words` };
}

const server = { type: 'tcp-server', state: 'listening', localAddress: '127.0.0.1:9001', bind: '127.0.0.1:9001', startedAt: '2026-08-01T12:00:00.000000Z' };
const client = { type: 'tcp-client', state: 'connected', remote: '127.0.0.1:9001', startedAt: '2026-08-01T12:00:00.000000Z' };

function begun() {
  return [event('created', 'socket'), event('bound', 'bind'), event('listening', 'listen')];
}

function states(lane) {
  return lane.steps.map(({ label, state }) => `${label} ${state}`);
}

export const tests = {
  aListeningSocketIsInItsAcceptLoopAndCountsWhatItAccepted: () => {
    const [listener] = lanesOf(server, [...begun(), event('accepted', 'accept', { connection: 'a-1' }), event('accepted', 'accept', { connection: 'a-2' })], 6);
    equal(states(listener), ['socket() done', 'bind() done', 'listen() done', 'accept() loop now', 'close() ahead']);
    equal(listener.steps[3].times, 2);
    equal(listener.joined, ['bind()', 'listen()']);
  },
  bindAndListenAreOneCallAndTookOneTime: () => {
    const [created, bound, listening] = begun();
    const [{ steps: [, bind, listen] }] = lanesOf(server, [created, { ...bound, took: 85 }, listening], 6);
    equal([bind.took, listen.took, listen.at === bind.at], [85, null, true]);
  },
  callsOfAnEarlierRunAreNotTakenForThisOnes: () => {
    const earlier = [...begun(), event('accepted', 'accept', { connection: 'old-1', at: '2026-08-01T11:00:00.000000Z' }), event('stopped', 'close')];
    const [listener, ...others] = lanesOf(server, [...earlier, ...begun()], 6);
    equal(listener.steps.at(-1).state, 'ahead');
    equal(listener.steps[3].times, 0);
    equal(others.length, 0);
  },
  aStoppedSocketHasMadeItsLastCall: () => {
    const [listener] = lanesOf({ ...server, state: 'stopped', startedAt: null }, [...begun(), event('stopped', 'close')], 6);
    equal(states(listener).slice(3), ['accept() loop done', 'close() done']);
  },
  aBindThatFailedIsTheLastCallThereWas: () => {
    const [listener] = lanesOf({ ...server, state: 'failed', startedAt: null }, [event('failed', 'bind')], 6);
    equal(states(listener), ['socket() untold', 'bind() failed', 'listen() ahead', 'accept() loop ahead', 'close() ahead']);
  },
  anAcceptedSocketShowsInWhichOrderItsSidesWereClosed: () => {
    const connection = 'a-1';
    const half = [...begun(), event('accepted', 'accept', { connection }), event('half-closed', 'shutdown', { connection })];
    equal(states(lanesOf(server, half, 6)[1]), ['accept() done', 'read() ⇄ write() done', 'shutdown(WR) now', 'close() ahead']);
    const whole = [...half, event('peer-half-closed', null, { connection }), event('closed', 'close', { connection })];
    equal(states(lanesOf(server, whole, 6)[1]), ['accept() done', 'read() ⇄ write() done', 'shutdown(WR) done', 'read() = 0 done', 'close() done']);
  },
  aResetIsNoOrderlyEnd: () => {
    const events = [...begun(), event('accepted', 'accept', { connection: 'a-1' }), event('reset', 'close', { connection: 'a-1' })];
    equal(states(lanesOf(server, events, 6)[1]).at(-1), 'reset failed');
  },
  openSocketsGoBeforeClosedOnesAndNoMoreAreDrawnThanAsked: () => {
    const accept = connection => event('accepted', 'accept', { connection });
    const events = [...begun(), accept('a-1'), accept('a-2'), accept('a-3'), event('closed', 'close', { connection: 'a-3' })];
    equal(lanesOf(server, events, 2).slice(1).map(({ key }) => key), ['a-2', 'a-1']);
  },
  aClientsLaneBeginsWithTheSocketAndSaysHowLongConnectTook: () => {
    const events = [
      event('created', 'socket', { at: '2026-08-01T12:00:00.000100Z' }), event('connecting', 'connect', { at: '2026-08-01T12:00:00.000150Z' }),
      event('connected', 'connect', { connection: 'a-1', at: '2026-08-01T12:00:00.001650Z' })];
    const [lane] = lanesOf(client, events, 6);
    equal(states(lane), ['socket() done', 'connect() done', 'write() ⇄ read() now', 'close() ahead']);
    equal(lane.steps[1].took, 1500);
    equal(sinceFirst(lane, lane.steps[1]), 1550);
  },
  aClientThatIsRefusedShowsItsLastAttempt: () => {
    const first = [event('created', 'socket'), event('connecting', 'connect'), event('failed', 'connect')];
    const refused = lanesOf({ ...client, state: 'connecting' }, first, 6);
    equal(refused.map(states), [['socket() done', 'connect() failed', 'write() ⇄ read() ahead', 'close() ahead']]);
    const again = lanesOf({ ...client, state: 'connecting' }, [...first, event('connecting', 'connect')], 6);
    equal(again.map(states), [['socket() untold', 'connect() now', 'write() ⇄ read() ahead', 'close() ahead']]);
  },
  aDatagramSocketHasOneLaneWhateverPeersThereAre: () => {
    const lanes = lanesOf({ ...server, type: 'udp', state: 'bound' }, [event('created', 'socket'), event('bound', 'bind')], 6);
    equal(lanes.map(states), [['socket() done', 'bind() done', 'recvfrom() ⇄ sendto() now', 'close() ahead']]);
  },
  whatNoEventTellsOfIsNotInvented: () => {
    const [listener] = lanesOf(server, [], 6);
    equal(states(listener).slice(0, 3), ['socket() untold', 'bind() untold', 'listen() untold']);
  },
  timesAreInTheUnitThatFits: () => {
    equal([0, 999, 1520, 15_200, 152_000, 1_520_000, 75_000_000].map(span), ['0 µs', '999 µs', '1.52 ms', '15.2 ms', '152 ms', '1.52 s', '1 min 15 s']);
    equal([-5, 59_900_000, 3_700_000_000, 200_000_000_000].map(age), ['0 s', '59 s', '1 h 1 min', '2 days']);
    equal(micros('2026-08-01T12:00:00.000042Z') - micros('2026-08-01T12:00:00Z'), 42);
  },
};
