import { viewOnly } from './role.js';

const STORED = 'switchboard.keys';

/** The single keys of the pages and what they do, as the help lists them; `on` names the one page that has it, `acts` marks those not for viewers. */
const KEYS = [
  { keys: ['j', 'ArrowDown'], show: ['j', '↓'], words: 'Next row', act: (board, { shiftKey }) => board.moveRow(1, shiftKey) },
  { keys: ['k', 'ArrowUp'], show: ['k', '↑'], words: 'Row before', act: (board, { shiftKey }) => board.moveRow(-1, shiftKey) },
  { keys: ['J', 'K'], show: ['Shift', 'j', 'k'], words: 'Choose the next row as well, or the one before', act: (board, { key }) => board.moveRow(key === 'J' ? 1 : -1, true) },
  { keys: ['Enter'], show: ['Enter'], words: 'Into the inspector', act: board => board.inspect() },
  { keys: ['Escape'], show: ['Esc'], words: 'Back to the rows, then choose none', act: board => board.back() },
  { keys: ['/'], show: ['/'], words: 'Filter', act: board => board.focusFilter() },
  { keys: ['f'], on: 'live', show: ['f'], words: 'Follow the newest row, or stop', act: board => board.view.follow(!board.view.following) },
  { keys: ['p'], on: 'live', show: ['p'], words: 'Pause or resume', act: board => board.view.pause(!board.view.paused) },
  { keys: ['c'], acts: true, on: 'live', show: ['c'], words: 'Compose a message', act: board => board.compose() },
  { keys: ['r'], acts: true, show: ['r'], words: 'Take the chosen message as a draft', act: board => board.resend() },
  { keys: ['n'], acts: true, on: 'live', show: ['n'], words: 'New endpoint', act: board => board.newEndpoint() },
  { keys: ['u'], acts: true, on: 'live', show: ['u'], words: 'Undo the last delete of an endpoint', act: board => board.undoDelete() },
  { keys: ['1'], show: ['1'], words: 'Inspector: hex', act: board => board.address.set({ tab: 'hex' }) },
  { keys: ['2'], show: ['2'], words: 'Inspector: text', act: board => board.address.set({ tab: 'text' }) },
  { keys: ['3'], show: ['3'], words: 'Inspector: JSON', act: board => board.address.set({ tab: 'json' }) },
  { keys: ['4'], show: ['4'], words: 'Inspector: meta', act: board => board.address.set({ tab: 'meta' }) },
  { keys: ['b'], on: 'history', show: ['b'], words: 'To the histogram', act: board => board.focusTime() },
  { keys: ['?'], show: ['?'], words: 'This help', act: board => board.help() },
];

/** What is of use where there are no rows. */
const WITHOUT_ROWS = new Set(['n', 'u', '?']);

export function keysOf(page) {
  const keys = viewOnly ? KEYS.filter(({ acts }) => !acts) : KEYS;
  if (page === 'endpoint') return keys.filter(({ keys: [key] }) => WITHOUT_ROWS.has(key));
  return keys.filter(({ on = page }) => on === page);
}

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
  const byKey = new Map(keysOf(board.page).flatMap(entry => entry.keys.map(key => [key, entry])));
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]') || typing(event.target)) return;
    if (!keysOn() && /^[a-z0-9?/]$/i.test(event.key)) return;
    const entry = byKey.get(event.key);
    if (!entry || (event.key === 'Enter' && event.target.closest(CONTROLS))) return;
    if (event.key.startsWith('Arrow') && !scrollsRows(event.target)) return;
    event.preventDefault();
    entry.act(board, event);
  });
}

/** A field in a dialog that has just closed keeps the focus for a moment, though no one types in it. */
function typing(target) {
  return target.closest('input, select, textarea')?.checkVisibility() ?? false;
}

/** The arrows move along the rows from the table or from nowhere, not from another scroller. */
function scrollsRows(target) {
  return target === document.body || target.closest('sb-table, sb-conversation') !== null;
}
