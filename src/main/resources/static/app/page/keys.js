const STORED = 'switchboard.keys';

/** The single keys of the page and what they do, as the help lists them. */
export const KEYS = [
  { keys: ['j', 'ArrowDown'], show: ['j', '↓'], words: 'Next row', act: board => board.moveRow(1) },
  { keys: ['k', 'ArrowUp'], show: ['k', '↑'], words: 'Row before', act: board => board.moveRow(-1) },
  { keys: ['Enter'], show: ['Enter'], words: 'Into the inspector', act: board => board.inspect() },
  { keys: ['Escape'], show: ['Esc'], words: 'Back to the rows, then choose none', act: board => board.back() },
  { keys: ['/'], show: ['/'], words: 'Filter', act: board => board.focusFilter() },
  { keys: ['f'], show: ['f'], words: 'Follow the newest row, or stop', act: board => board.view.follow(!board.view.following) },
  { keys: ['p'], show: ['p'], words: 'Pause or resume', act: board => board.view.pause(!board.view.paused) },
  { keys: ['c'], show: ['c'], words: 'Compose a message', act: board => board.compose() },
  { keys: ['r'], show: ['r'], words: 'Take the chosen message as a draft', act: board => board.resend() },
  { keys: ['n'], show: ['n'], words: 'New endpoint', act: board => board.newEndpoint() },
  { keys: ['1'], show: ['1'], words: 'Inspector: hex', act: board => board.address.set({ tab: 'hex' }) },
  { keys: ['2'], show: ['2'], words: 'Inspector: text', act: board => board.address.set({ tab: 'text' }) },
  { keys: ['3'], show: ['3'], words: 'Inspector: meta', act: board => board.address.set({ tab: 'meta' }) },
  { keys: ['?'], show: ['?'], words: 'This help', act: board => board.help() },
];

const BY_KEY = new Map(KEYS.flatMap(entry => entry.keys.map(key => [key, entry])));
/** Keys that a focused control needs for itself. */
const CONTROLS = 'button, a, summary, [role=tab]';

/** Single keys can get in the way of speech input, so they can be switched off (WCAG 2.1.4). */
export function keysOn() {
  return localStorage.getItem(STORED) !== 'off';
}

export function switchKeys(on) {
  if (on) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, 'off');
}

export function listenToKeys(board) {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]') || event.target.closest('input, select, textarea')) return;
    if (!keysOn() && /^[a-z0-9?/]$/.test(event.key)) return;
    const entry = BY_KEY.get(event.key);
    if (!entry || (event.key === 'Enter' && event.target.closest(CONTROLS))) return;
    if (event.key.startsWith('Arrow') && !scrollsRows(event.target)) return;
    event.preventDefault();
    entry.act(board);
  });
}

/** The arrows move along the rows from the table or from nowhere, not from another scroller. */
function scrollsRows(target) {
  return target === document.body || target.closest('sb-table') !== null;
}
