import { html, nothing, svg } from 'lit';
import { clockSeconds, day, short } from '../page/display.js';
import { beginOf, missedRuns, peakOf, ticks } from './timeline.js';

const AXIS = 16;
const TICK_ROOM = 84;
const LEAST_BAR = 1.5;
const CHARACTER = 7.2;

/** The drawing of a timeline: in goes up, out goes down, from a line in the middle; what was not recorded is hatched. */
export function plot(timeline, { width, height, pointed, choice }) {
  const { buckets, start, end, searchedTo } = timeline;
  const middle = (height - AXIS) / 2;
  const peak = peakOf(timeline);
  const x = time => (time - start) / (end - start) * width;
  const edge = index => x(beginOf(timeline, index));
  const tall = frames => (frames === 0 ? 0 : Math.max(frames / peak * (middle - 2), LEAST_BAR));
  const thick = Math.max(width / buckets.length - 0.75, 1);
  const bars = direction => buckets.map((bucket, i) => {
    const tallness = tall(direction === 'in' ? bucket.framesIn : bucket.framesOut);
    return tallness === 0 ? nothing : svg`<rect x=${edge(i)} y=${direction === 'in' ? middle - tallness : middle} width=${thick} height=${tallness}></rect>`;
  });
  return html`
    <svg class="plot" width=${width} height=${height} viewBox="0 0 ${width} ${height}" aria-hidden="true">
      <defs><pattern id="not-recorded" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="1" x2="1" y2="6"></line></pattern></defs>
      ${searchedTo > start ? svg`<rect class="uncounted" width=${x(searchedTo)} height=${middle * 2}></rect>` : nothing}
      ${pointed === null ? nothing : svg`<rect class="pointed" x=${edge(pointed)} width=${edge(pointed + 1) - edge(pointed)} height=${middle * 2}></rect>`}
      ${missedRuns(timeline).map(({ from, to }) => svg`<rect class="missed" x=${edge(from)} width=${Math.max(edge(to) - edge(from), 4)} height=${middle * 2} fill="url(#not-recorded)"></rect>`)}
      <g class="in">${bars('in')}</g>
      <g class="out">${bars('out')}</g>
      <line class="middle" x2=${width} y1=${middle} y2=${middle}></line>
      ${choice ? svg`<g class="unchosen"><rect width=${Math.max(0, x(choice.start))} height=${middle * 2}></rect><rect x=${x(choice.end)} width=${Math.max(0, width - x(choice.end))} height=${middle * 2}></rect></g>` : nothing}
      ${missedLabels(missedRuns(timeline), edge, width)}
      ${axis(timeline, x, width, height)}
    </svg>`;
}

/** How many were not recorded, above each stretch for which there is room. */
function missedLabels(runs, edge, width) {
  let free = 0;
  return runs.map(({ from, to, missed }) => {
    const text = `✕ ${short(missed)} not recorded`;
    const room = text.length * CHARACTER;
    const at = Math.min(Math.max((edge(from) + edge(to) - room) / 2, 0), width - room);
    if (at < free) return nothing;
    free = at + room + CHARACTER;
    return svg`<g class="missed-label"><rect x=${at} y="1" width=${room} height="14" rx="3"></rect><text x=${at + room / 2} y="11.5">${text}</text></g>`;
  });
}

function axis(timeline, x, width, height) {
  const { step, times } = ticks(timeline, Math.max(1, Math.floor(width / TICK_ROOM)));
  // Half a label must fit beside its tick.
  const room = step < 1000 ? 40 : 26;
  return times.filter(time => x(time) > room && x(time) < width - room).map((time, i) => svg`
    <g class="tick"><line x1=${x(time)} x2=${x(time)} y1=${height - AXIS} y2=${height - AXIS + 4}></line><text x=${x(time)} y=${height - 3}>${tickWords(time, step, i === 0)}</text></g>`);
}

/** A time as finely as the ticks need it; the day where that is new. */
function tickWords(time, step, first) {
  const date = new Date(time);
  if (step >= 86_400_000) return day(date);
  if (step >= 60_000) {
    const words = clockSeconds(date).slice(0, 5);
    return words === '00:00' || (first && date.toDateString() !== new Date().toDateString()) ? `${day(date)} ${words}` : words;
  }
  return clockSeconds(date) + (step < 1000 ? `.${String(date.getMilliseconds()).padStart(3, '0')}` : '');
}
