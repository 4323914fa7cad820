import { Rates } from '/app/live/rates.js';
import { equal } from '/browser-test/assert.js';

const counters = frames => ({ framesIn: frames, framesOut: 0, bytesIn: frames * 10, bytesOut: 0 });

export const tests = {
  aSteadyStreamHasItsRate: () => {
    const rates = new Rates();
    for (let now = 0; now <= 5000; now += 50) rates.take(now, counters(now), now / 2, now);
    const { frames, bytesIn, shown, matching } = rates.at(5000);
    equal([frames, bytesIn, shown, matching].map(Math.round), [1000, 10000, 500, 1000]);
  },
  whenNothingComesTheRateFallsToNothing: () => {
    const rates = new Rates();
    for (let now = 0; now <= 2000; now += 50) rates.take(now, counters(now), 0, 0);
    equal(rates.at(3500).frames, 0);
  },
  withoutAnythingThereIsNoRate: () => equal(new Rates().at(1).frames, 0),
  theFirstHandfulIsNotBlownUp: () => {
    const rates = new Rates();
    rates.take(0, counters(0), 0, 0);
    rates.take(10, counters(5), 0, 0);
    equal(rates.at(10).frames, 5);
  },
};
