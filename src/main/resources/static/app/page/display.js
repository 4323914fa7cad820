/** How numbers, times and ids are written on the page; the only place that knows. */

const WHOLE = new Intl.NumberFormat('en');

export function count(number) {
  return WHOLE.format(number);
}

/** `1 message`, `2,000 messages`. */
export function counted(number, word, plural = `${word}s`) {
  return `${count(number)} ${number === 1 ? word : plural}`;
}

/** Three digits and a unit: `950`, `9.95k`, `99.4k`, `1.20M`. */
export function short(number) {
  return scaled(number, 1000, ['', 'k', 'M', 'G', 'T']);
}

/** `950 B`, `61.2 MB`, in powers of a thousand. */
export function size(bytes) {
  return scaled(bytes, 1000, [' B', ' kB', ' MB', ' GB', ' TB']);
}

function scaled(number, base, units) {
  let unit = 0;
  while (number >= base * 0.9995 && unit < units.length - 1) {
    number /= base;
    unit++;
  }
  const digits = unit === 0 ? 0 : number < 9.995 ? 2 : number < 99.95 ? 1 : 0;
  return number.toFixed(digits) + units[unit];
}

/** The time of day here, to the microsecond, of an RFC 3339 instant. */
export function clock(at) {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}${fraction(at)}`;
}

export function clockSeconds(date) {
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

const DAY = new Intl.DateTimeFormat('en', { month: 'short', day: '2-digit' });

/** `Nov 24`, here; `Nov 24 ’24` of another year. */
export function day(date, now = new Date()) {
  const year = date.getFullYear();
  return year === now.getFullYear() ? DAY.format(date) : `${DAY.format(date)} ’${two(year % 100)}`;
}

/** The time of an instant to the second, with the day unless that is today. */
export function moment(at, now = new Date()) {
  const date = new Date(at);
  return date.toDateString() === now.toDateString() ? clockSeconds(date) : `${day(date, now)} ${clockSeconds(date)}`;
}

function two(number) {
  return number < 10 ? `0${number}` : String(number);
}

function fraction(at) {
  const dot = at.indexOf('.');
  return dot < 0 ? '' : at.slice(dot, -1);
}

/** `#3` of a connection whose id ends in `-3`; ids are not read for anything else. */
export function connectionNumber(id) {
  return id ? `#${id.slice(id.lastIndexOf('-') + 1)}` : '';
}

/** Enough of an id to tell rows apart that stand near each other. */
export function shortId(id) {
  return id.length > 6 ? `…${id.slice(-6)}` : id;
}

/** The port of `host:port`, as `:port`. */
export function portOf(address) {
  return address ? address.slice(address.lastIndexOf(':')) : '';
}

export const DIRECTIONS = {
  in: { glyph: '→', word: 'in' },
  out: { glyph: '←', word: 'out' },
};

/** What the API says of a field, as a sentence of its own; the name of a call stays as it is. */
export function sentence(words) {
  return /^\w+\(/.test(words) ? words : words.charAt(0).toUpperCase() + words.slice(1);
}
