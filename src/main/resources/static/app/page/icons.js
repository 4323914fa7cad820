import { svg, html } from 'lit';

const SHAPES = {
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  play: svg`<path d="M5 3.5v9l7-4.5z"/>`,
  stop: svg`<rect x="4" y="4" width="8" height="8" rx="1"/>`,
  pause: svg`<path d="M5.5 3.5v9M10.5 3.5v9"/>`,
  follow: svg`<path d="M8 2.5v8M4.5 7 8 10.5 11.5 7M3.5 13.5h9"/>`,
  clear: svg`<path d="M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9"/>`,
  search: svg`<circle cx="7" cy="7" r="4"/><path d="m10 10 3.5 3.5"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  light: svg`<circle cx="8" cy="8" r="2.5"/><path d="M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1"/>`,
  dark: svg`<path d="M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z"/>`,
  auto: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 2.5v11a5.5 5.5 0 0 0 0-11z" fill="currentcolor"/>`,
  eye: svg`<path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="2"/>`,
  help: svg`<circle cx="8" cy="8" r="6"/><path d="M6.3 6.3A1.75 1.75 0 1 1 8 8.5v.8M8 11.4v.1"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="7.5" height="8" rx="1"/><path d="M3 10.5v-7a1 1 0 0 1 1-1h6.5"/>`,
  done: svg`<path d="m3.5 8.5 3 3 6-7"/>`,
  send: svg`<path d="M2.5 8 13.5 3l-3 10.5-3-4zM7.5 9.5l6-6.5"/>`,
  recent: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 4.8V8l2.3 1.5"/>`,
  menu: svg`<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"/>`,
  edit: svg`<path d="m3 13 .6-2.8L10.7 3.1a1.2 1.2 0 0 1 1.7 0l.5.5a1.2 1.2 0 0 1 0 1.7L5.8 12.4z"/>`,
  table: svg`<path d="M2.5 4h11M2.5 8h11M2.5 12h11"/>`,
  conversation: svg`<path d="M2.5 3h7v4.5h-4L3.8 9V7.5H2.5zM6.5 9.5v1h4l1.7 1.5v-1.5h1.3V6h-2"/>`,
  upload: svg`<path d="M8 10.5v-8M4.5 6 8 2.5 11.5 6M2.5 13.5h11"/>`,
  refresh: svg`<path d="M13 8a5 5 0 1 1-1.5-3.5L13 6M13 2.5V6H9.5"/>`,
  zoom: svg`<circle cx="7" cy="7" r="4"/><path d="m10 10 3.5 3.5M5.2 7h3.6M7 5.2v3.6"/>`,
  back: svg`<path d="M6.5 3.5 2.5 8l4 4.5M2.5 8h11"/>`,
  download: svg`<path d="M8 2.5v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11"/>`,
};

/** A drawing beside words or inside a labelled button; it says nothing by itself. */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[name]}</svg>`;
}
