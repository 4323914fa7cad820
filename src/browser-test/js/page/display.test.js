import { short, size, connectionNumber, shortId, clock, counted, moment, portOf } from '/app/page/display.js';
import { equal } from '/browser-test/assert.js';

export const tests = {
  ratesHaveThreeDigits: () => equal([0, 7, 999, 1000, 9949, 99_400, 999_600, 1_200_000].map(short), ['0', '7', '999', '1.00k', '9.95k', '99.4k', '1.00M', '1.20M']),
  sizesHaveAUnit: () => equal([0, 950, 61_200_000].map(size), ['0 B', '950 B', '61.2 MB']),
  aConnectionIsCalledByWhatFollowsTheLastDash: () => equal([connectionNumber('t6k2ab-3'), connectionNumber('a-b-12'), connectionNumber(null)], ['#3', '#12', '']),
  anIdIsToldByItsEnd: () => equal([shortId('1795391254028691'), shortId('42')], ['…028691', '42']),
  theTimeKeepsItsMicroseconds: () => equal(/^\d\d:\d\d:05\.099528$/.test(clock('2026-11-22T16:20:05.099528Z')), true),
  oneIsSingular: () => equal([counted(1, 'byte'), counted(2000, 'byte')], ['1 byte', '2,000 bytes']),
  aMomentNamesItsDayUnlessThatIsToday: () => {
    const now = new Date(2026, 10, 24, 12);
    equal([new Date(2026, 10, 24, 9, 1, 2), new Date(2026, 10, 3, 9, 1, 2), new Date(2024, 1, 29, 9, 1, 2)].map(at => moment(at, now)), ['09:01:02', 'Nov 03 09:01:02', 'Feb 29 ’24 09:01:02']);
  },
  thePortOfAnyAddress: () => equal([portOf('127.0.0.1:9001'), portOf('[::1]:9001'), portOf(null)], [':9001', ':9001', '']),
};
