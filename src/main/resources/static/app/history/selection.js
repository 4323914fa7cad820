/**
 * Which of a run of bytes are chosen: from where it began to where it is, both included. `null` is none. Everything here
 * is pure.
 */

export function rangeOf(selection) {
  return selection && { from: Math.min(selection.anchor, selection.focus), to: Math.max(selection.anchor, selection.focus) + 1 };
}

/** What a key makes of a selection in lines of `width` bytes, `page` of them in view; undefined for a key that means nothing. */
export function moved(selection, { key, shiftKey, ctrlKey, metaKey }, { length, width, page }) {
  const all = ctrlKey || metaKey;
  if (length === 0) return undefined;
  if (all && key.toLowerCase() === 'a') return { anchor: 0, focus: length - 1 };
  const focus = next(selection, key, all, { length, width, page });
  if (focus === undefined) return undefined;
  const within = Math.max(0, Math.min(length - 1, focus));
  return { anchor: shiftKey && selection ? selection.anchor : within, focus: within };
}

function next(selection, key, all, { length, width, page }) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -width, ArrowDown: width, PageUp: -width * page, PageDown: width * page };
  if (key in steps) return all ? undefined : selection ? stepped(selection.focus, steps[key], length, width) : 0;
  const at = selection?.focus ?? 0;
  if (key === 'Home') return all ? 0 : at - at % width;
  if (key === 'End') return all ? length - 1 : at - at % width + width - 1;
  return undefined;
}

/** Up and down stay in the column, as far as there are lines. */
function stepped(at, step, length, width) {
  if (Math.abs(step) < width) return at + step;
  if (step < 0) return at + step >= 0 ? at + step : at % width;
  if (at + step < length) return at + step;
  const lastLine = Math.floor((length - 1) / width);
  return Math.floor(at / width) === lastLine ? at : Math.min(length - 1, lastLine * width + at % width);
}
