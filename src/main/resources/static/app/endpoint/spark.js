import { html, svg } from 'lit';

const POINTS = 60;
const WIDTH = 120;
const HEIGHT = 24;

/** Two small curves, in and out, over one scale; the number beside them says what they come to now. */
export function spark({ in: came, out: went }) {
  const peak = Math.max(1, ...came, ...went);
  const line = values => values.map((value, i) => `${((POINTS - values.length + i) / (POINTS - 1) * WIDTH).toFixed(1)},${(HEIGHT - 1.5 - value / peak * (HEIGHT - 3)).toFixed(1)}`).join(' ');
  return html`
    <svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      <line class="ground" x2=${WIDTH} y1=${HEIGHT - 1.5} y2=${HEIGHT - 1.5}></line>
      ${svg`<polyline class="in" points=${line(came)}></polyline><polyline class="out" points=${line(went)}></polyline>`}
    </svg>`;
}
