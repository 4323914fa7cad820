import { Minute, SECONDS } from '/app/live/minute.js';
import { equal } from '/browser-test/assert.js';

const counters = (framesIn, framesOut = 0) => ({ framesIn, framesOut });

export const tests = {
  whatPassedStandsInItsSecond: () => {
    const minute = new Minute();
    minute.begin(10_000, counters(100));
    minute.take(10_200, counters(130, 5), 7);
    minute.take(11_900, counters(131, 5), 0);
    equal(minute.seconds(12_000).slice(-2), [{ in: 30, out: 5, skipped: 7 }, { in: 1, out: 0, skipped: 0 }]);
  },
  silenceIsNothingAndTheTimeBeforeIsNotKnown: () => {
    const minute = new Minute();
    minute.begin(10_000, counters(100));
    const seconds = minute.seconds(13_500);
    equal(seconds.length, SECONDS);
    equal(seconds.slice(-4), [null, ...Array(3).fill({ in: 0, out: 0, skipped: 0 })]);
  },
  ofASecondHeardInPartNothingIsSaid: () => {
    const minute = new Minute();
    minute.begin(10_500, counters(0));
    equal(minute.seconds(12_000).slice(-2), [null, { in: 0, out: 0, skipped: 0 }]);
  },
  whatPassedWhileNothingWasHeardBelongsToNoSecond: () => {
    const minute = new Minute();
    minute.begin(10_000, counters(0));
    minute.end(11_000);
    minute.take(20_000, counters(5000), 100);
    minute.take(20_500, counters(5003), 0);
    const seconds = minute.seconds(21_000);
    equal(seconds.filter(Boolean), [{ in: 0, out: 0, skipped: 0 }, { in: 3, out: 0, skipped: 0 }]);
    equal(seconds.at(-2), null);
  },
  countersThatBeginAnewCountNothing: () => {
    const minute = new Minute();
    minute.begin(10_000, counters(100));
    minute.take(10_100, counters(1), 0);
    equal(minute.seconds(11_000).at(-1).in, 0);
  },
  aMinuteIsAllThatIsKept: () => {
    const minute = new Minute();
    minute.begin(0, counters(0));
    for (let second = 0; second < 1000; second++) minute.take(second * 1000 + 1, counters(second), 0);
    equal(minute.seconds(1_000_000).map(({ in: came }) => came), Array(SECONDS).fill(1));
  },
};
