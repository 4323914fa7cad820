import { turnsOf, withEvents } from '/app/live/turns.js';
import { EVENT, GAP, MESSAGE } from '/app/live/rows.js';
import { equal } from '/browser-test/assert.js';

const message = (id, direction) => ({ kind: MESSAGE, id, at: '', direction, bytes: 3 });
const shape = turns => turns.map(turn => (turn.row ? turn.row.id : `${turn.direction} ${turn.frames.map(({ id }) => id).join(' ')}`));

export const tests = {
  framesOfOneDirectionWithNothingBetweenAreOneTurn: () => {
    const turns = turnsOf([message('1', 'in'), message('2', 'in'), message('3', 'out'), message('4', 'in')]);
    equal(shape(turns), ['in 1 2', 'out 3', 'in 4']);
    equal(turns[0].bytes, 6);
  },
  whatHappenedOrIsMissingStandsBetweenTurns: () => {
    const rows = [message('1', 'in'), { kind: EVENT, id: '2' }, message('3', 'in'), { kind: GAP, id: '4' }, message('5', 'in')];
    equal(shape(turnsOf(rows)), ['in 1', '2', 'in 3', '4', 'in 5']);
  },
  noTwoDatagramsBelongTogether: () => equal(shape(turnsOf([message('1', 'in'), message('2', 'in')], { datagrams: true })), ['in 1', 'in 2']),
  aLongTurnIsDrawnInPiecesThatGoOn: () => {
    const turns = turnsOf(Array.from({ length: 250 }, (_, i) => message(String(i), 'in')));
    equal(turns.map(({ frames, goesOn }) => [frames.length, goesOn]), [[100, false], [100, true], [50, true]]);
  },
  eventsStandWhereTheyHappenedAndEachOnce: () => {
    const rows = [message('12', 'in'), { kind: EVENT, id: '13' }, message('15', 'out')];
    const events = [{ id: '16' }, { id: '14' }, { id: '13' }, { id: '10' }];
    equal(withEvents(rows, events, true).map(({ id }) => id), ['10', '12', '13', '14', '15', '16']);
  },
  whereOlderRowsMayBeMissingNoOlderEventIsShown: () => {
    equal(withEvents([message('12', 'in')], [{ id: '14' }, { id: '10' }], false).map(({ id }) => id), ['12', '14']);
  },
};
