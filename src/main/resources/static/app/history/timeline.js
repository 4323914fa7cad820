/**
 * The arithmetic of the histogram: intervals of equal length between two times. Everything here is pure, and times are
 * milliseconds since the epoch, exact to the microsecond.
 */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE,
  30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY];

/** A time as the API writes it. Dates would know milliseconds only. */
export function instant(at) {
  const dot = at.indexOf('.');
  if (dot < 0) return Date.parse(at);
  return Date.parse(`${at.slice(0, dot)}Z`) + Number(at.slice(dot, -1)) * SECOND;
}

/** A time as the API reads it, to the microsecond. */
export function written(time) {
  const micros = Math.round(time * 1000);
  const seconds = Math.floor(micros / 1_000_000);
  return `${new Date(seconds * SECOND).toISOString().slice(0, 19)}.${String(micros - seconds * 1_000_000).padStart(6, '0')}Z`;
}

/** An answer of the API as a timeline; null where there is nothing to span a time. */
export function timelineOf({ since, until, buckets, complete, searchedTo }) {
  if (!since || !until || buckets.length === 0) return null;
  const start = instant(since);
  const end = instant(until);
  return end > start ? { start, end, width: (end - start) / buckets.length, buckets, searchedTo: complete ? start : instant(searchedTo) } : null;
}

export function beginOf({ start, width }, index) {
  return start + index * width;
}

/** The interval in which a time lies, the first or last one for what is outside. */
export function indexAt({ start, width, buckets }, time) {
  return Math.min(Math.max(Math.floor((time - start) / width), 0), buckets.length - 1);
}

/** The edge nearest to a time, from 0 up to the number of intervals. */
export function edgeAt({ start, width, buckets }, time) {
  return Math.min(Math.max(Math.round((time - start) / width), 0), buckets.length);
}

/** The microsecond after a time as the API writes it: the bound that still includes it. */
export function justAfter(at) {
  return written(instant(at) + 0.001);
}

/** Adds what was counted later, of the time before `searchedTo`, to what was counted first. */
export function withRest(timeline, rest) {
  const buckets = timeline.buckets.map(bucket => ({ ...bucket }));
  if (rest) {
    rest.buckets.forEach((more, i) => {
      const into = buckets[indexAt(timeline, beginOf(rest, i + 0.5))];
      for (const name of ['framesIn', 'bytesIn', 'framesOut', 'bytesOut', 'missed']) into[name] += more[name];
    });
  }
  return { ...timeline, buckets, searchedTo: rest ? Math.max(rest.searchedTo, timeline.start) : timeline.start };
}

/** The highest count of one direction in one interval. */
export function peakOf({ buckets }) {
  return buckets.reduce((peak, { framesIn, framesOut }) => Math.max(peak, framesIn, framesOut), 0);
}

/** Stretches of intervals in which frames were not recorded: `{from, to, missed}`, `to` exclusive. */
export function missedRuns({ buckets }) {
  const runs = [];
  buckets.forEach(({ missed }, i) => {
    if (!missed) return;
    const last = runs.at(-1);
    if (last?.to === i) {
      last.to++;
      last.missed += missed;
    } else {
      runs.push({ from: i, to: i + 1, missed });
    }
  });
  return runs;
}

/** Round times between `start` and `end`, at most `most` of them, and how far they are apart. Round is as a clock on the wall here shows it. */
export function ticks({ start, end }, most) {
  const step = STEPS.find(one => (end - start) / one <= most) ?? STEPS.at(-1) * Math.ceil((end - start) / STEPS.at(-1) / most);
  const offset = new Date(start).getTimezoneOffset() * MINUTE;
  const times = [];
  for (let time = Math.ceil((start - offset) / step) * step + offset; time < end; time += step) times.push(time);
  return { step, times };
}

/** A length of time in words: `250 ms`, `2.5 s`, `3 min`, `1.5 h`, `7 days`. */
export function lasting(milliseconds) {
  const [unit, word] = [[DAY, 'day'], [HOUR, 'h'], [MINUTE, 'min'], [SECOND, 's'], [1, 'ms']].find(([size]) => milliseconds >= size) ?? [1, 'ms'];
  const number = milliseconds / unit;
  const text = number.toFixed(number < 9.95 ? 1 : 0).replace(/\.0$/, '');
  return `${text} ${word}${word === 'day' && text !== '1' ? 's' : ''}`;
}

/** Where a slider goes by a key, or null for a key it does not have. */
export function stepped({ key, shiftKey }, value, most) {
  const step = shiftKey ? 10 : 1;
  const next = { ArrowLeft: value - step, ArrowDown: value - step, ArrowRight: value + step, ArrowUp: value + step, PageDown: value - 10, PageUp: value + 10, Home: 0, End: most }[key];
  return next === undefined ? null : Math.min(Math.max(next, 0), most);
}
