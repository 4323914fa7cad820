/**
 * Which of many rows of one height a scroller shows. Positions are set through the CSSOM, since the page allows no
 * style attributes. The scroller holds one `sizer` as high as all rows, and in it the `window` with the visible ones.
 */
export class Viewport {
  rowHeight = 24;
  height = 0;

  #scroller;
  #observer;

  constructor(scroller, changed) {
    this.#scroller = scroller;
    this.#observer = new ResizeObserver(() => {
      this.measure();
      changed();
    });
    this.#observer.observe(scroller);
    this.measure();
  }

  release() {
    this.#observer.disconnect();
  }

  measure() {
    this.rowHeight = parseFloat(getComputedStyle(this.#scroller).getPropertyValue('line-height')) || 24;
    this.height = this.#scroller.clientHeight;
  }

  /** How many rows fit, the one that is cut off included. */
  get capacity() {
    return Math.ceil(this.height / this.rowHeight) + 1;
  }

  /** The range [from, to) of `count` rows that stands in view. */
  range(count) {
    const from = Math.max(0, Math.min(Math.floor(this.#scroller.scrollTop / this.rowHeight), count - 1));
    return { from, to: Math.min(count, from + this.capacity) };
  }

  /** The range at the very end. */
  tail(count) {
    return { from: Math.max(0, count - this.capacity), to: count };
  }

  stretch(sizer, count) {
    sizer.style.height = `${count * this.rowHeight}px`;
  }

  place(sizer, window, from, count) {
    this.stretch(sizer, count);
    window.style.transform = `translateY(${from * this.rowHeight}px)`;
  }

  /** Scrolls no further than needed for row `index` to stand in view. */
  reveal(index) {
    const top = index * this.rowHeight;
    const bottom = top + this.rowHeight;
    if (top < this.#scroller.scrollTop) this.#scroller.scrollTop = top;
    else if (bottom > this.#scroller.scrollTop + this.height) this.#scroller.scrollTop = bottom - this.height;
  }
}
