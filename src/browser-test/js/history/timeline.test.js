import { edgeAt, indexAt, instant, justAfter, lasting, missedRuns, ticks, timelineOf, withRest, written } from '/app/history/timeline.js';
import { equal } from '/browser-test/assert.js';

const bucket = (framesIn, missed = 0) => ({ framesIn, bytesIn: framesIn * 10, framesOut: 0, bytesOut: 0, missed });
const answer = (since, until, buckets, searchedTo = null) => ({ since, until, buckets, complete: searchedTo === null, searchedTo });
const frames = ({ buckets }) => buckets.map(({ framesIn }) => framesIn);

export const tests = {
  nothingSpansNoTime: () => {
    equal(timelineOf(answer(null, null, [])), null);
  },
  timesAreExactToTheMicrosecond: () => {
    for (const at of ['2026-01-01T00:00:00.000500Z', '2026-11-24T10:29:49.653948Z', '2026-12-31T23:59:59.999999Z']) equal(written(instant(at)), at);
    const timeline = timelineOf(answer('2026-01-01T00:00:00.000500Z', '2026-01-01T00:00:00.000501Z', [bucket(1)]));
    equal(Math.round(timeline.width * 1000), 1);
    equal(timelineOf(answer('2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', [bucket(1)])), null);
  },
  aTimeIsInTheIntervalItFallsIntoAndNearTheEdgeThatIsNearest: () => {
    const timeline = timelineOf(answer('2026-01-01T00:00:00Z', '2026-01-01T00:00:10Z', [bucket(0), bucket(0), bucket(0), bucket(0), bucket(0)]));
    const at = seconds => Date.parse('2026-01-01T00:00:00Z') + seconds * 1000;
    equal([-5, 0, 1.9, 2, 9.9, 10, 99].map(seconds => indexAt(timeline, at(seconds))), [0, 0, 0, 1, 4, 4, 4]);
    equal([-5, 0.9, 1.1, 9.5, 99].map(seconds => edgeAt(timeline, at(seconds))), [0, 0, 1, 5, 5]);
  },
  whatWasCountedLaterIsAddedWhereItBelongs: () => {
    const first = timelineOf(answer('2026-01-01T00:00:00Z', '2026-01-01T00:00:04Z', [bucket(0), bucket(0), bucket(1), bucket(5)], '2026-01-01T00:00:02.500000Z'));
    const rest = timelineOf(answer('2026-01-01T00:00:00Z', '2026-01-01T00:00:02.500001Z', [bucket(3), bucket(4), bucket(2, 7)]));
    const whole = withRest(first, rest);
    equal(frames(whole), [3, 4, 3, 5]);
    equal(whole.buckets[2].missed, 7);
    equal(whole.searchedTo, whole.start);
    equal(frames(withRest(first, null)), [0, 0, 1, 5]);
  },
  neighbouringGapsAreOneStretch: () => {
    const timeline = { buckets: [bucket(1), bucket(0, 2), bucket(0, 3), bucket(1), bucket(0, 4)] };
    equal(missedRuns(timeline), [{ from: 1, to: 3, missed: 5 }, { from: 4, to: 5, missed: 4 }]);
  },
  ticksAreRoundAndNoMoreThanFit: () => {
    const start = new Date(2026, 0, 1, 12, 0, 7).getTime();
    for (const span of [3, 900, 61_000, 3_600_000, 86_400_000 * 9, 86_400_000 * 4000]) {
      const { step, times } = ticks({ start, end: start + span }, 8);
      equal(times.length <= 8, true);
      equal(times.every((time, i) => i === 0 || time - times[i - 1] === step), true);
    }
    equal(new Date(ticks({ start, end: start + 3_600_000 }, 8).times[0]).getMinutes() % 10, 0);
  },
  theMicrosecondAfterCarriesOver: () => {
    equal(justAfter('2026-01-01T00:00:00.000001Z'), '2026-01-01T00:00:00.000002Z');
    equal(justAfter('2026-01-01T00:00:00Z'), '2026-01-01T00:00:00.000001Z');
    equal(justAfter('2026-12-31T23:59:59.999999Z'), '2027-01-01T00:00:00.000000Z');
  },
  lengthsOfTimeAreShort: () => {
    equal([0.5, 250, 2500, 180_000, 5_400_000, 86_400_000, 7 * 86_400_000].map(lasting), ['0.5 ms', '250 ms', '2.5 s', '3 min', '1.5 h', '1 day', '7 days']);
  },
};
