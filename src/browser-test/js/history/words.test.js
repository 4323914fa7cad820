import { amount, conditions, deletion, nameFrom } from '/app/history/words.js';
import { equal } from '/browser-test/assert.js';

const sums = { framesIn: 12_000, framesOut: 345, bytesIn: 3_000_000, bytesOut: 400_000, complete: true };

export const tests = {
  saysHowMuchWillCome: () => {
    equal(amount(sums), '12,345 frames · 3.40 MB');
    equal(amount({ ...sums, complete: false }), 'at least 12,345 frames · 3.40 MB');
    equal(amount({ framesIn: 1, framesOut: 0, bytesIn: 5, bytesOut: 0, complete: true }), '1 frame · 5 B');
  },
  saysWhichFilterHolds: () => {
    equal(conditions({ endpoint: 'meter', connection: 'c-x-3', direction: 'in', contains: 'volts' }), ['on meter', 'on connection #3', 'that came in', 'containing “volts”']);
    equal(conditions({}), []);
  },
  saysAllWhereThereIsNoFilter: () => {
    const { title, words } = deletion({}, sums);
    equal(title, 'Forget ALL 12,345 frames?');
    equal(words.includes('cannot be undone'), true);
  },
  saysWhatIsForgottenAndThatItIsForGood: () => {
    const { title, words } = deletion({ endpoint: 'meter' }, sums);
    equal(title, 'Forget 12,345 frames?');
    equal(words, 'Frames on meter: 12,345 frames with 3.40 MB are forgotten, and nothing else. This cannot be undone.');
  },
  aFileNameBecomesAnEndpointName: () => {
    equal(['Dump 1.pcapng', 'lab_2.pcap.gz', '___', 'a'.repeat(80)].map(nameFrom), ['dump-1', 'lab-2', 'import', 'a'.repeat(63)]);
  },
};
