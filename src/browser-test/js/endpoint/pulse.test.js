import { Pulse } from '/app/endpoint/pulse.js';
import { equal } from '/browser-test/assert.js';

const counters = bytes => ({ bytesIn: bytes, bytesOut: bytes * 2 });

export const tests = {
  ratesAreThoseBetweenOneLookAndTheNext: () => {
    const pulse = new Pulse();
    [0, 1000, 5000].forEach((bytes, i) => pulse.take('meter', i * 2000, counters(bytes)));
    equal(pulse.of('meter').in, [500, 2000]);
    equal(pulse.of('meter').out, [1000, 4000]);
  },
  looksInQuickSuccessionAreOne: () => {
    const pulse = new Pulse();
    [0, 150, 300, 1000].forEach(now => pulse.take('meter', now, counters(now)));
    equal(pulse.of('meter').in, [1000]);
  },
  countersThatBeginAnewAreNoNegativeRate: () => {
    const pulse = new Pulse();
    pulse.take('meter', 0, counters(5000));
    pulse.take('meter', 1000, counters(10));
    equal(pulse.of('meter').in, [0]);
  },
  nothingGrowsWithoutBound: () => {
    const pulse = new Pulse();
    for (let i = 0; i < 500; i++) pulse.take(`c-${i}`, i * 1000, counters(i));
    for (let i = 0; i < 500; i++) pulse.take('meter', i * 1000, counters(i));
    pulse.keep(new Set(['meter']));
    equal(pulse.of('c-1').in.length, 0);
    equal(pulse.of('meter').in.length, 60);
  },
};
