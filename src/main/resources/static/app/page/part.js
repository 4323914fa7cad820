import { LitElement } from 'lit';

/**
 * A part of the page: a Lit element that renders into the document itself, so that one stylesheet a component, labels
 * and ids work as in any page. `board` holds the owners of the page's state; a part redraws when one of them says so.
 */
export class Part extends LitElement {
  static properties = { board: { attribute: false } };

  #releases = [];

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#releases.forEach(release => release());
    this.#releases = [];
  }

  /** Listens while this part is in the document. */
  on(target, types, listener) {
    for (const type of types.split(' ')) {
      target.addEventListener(type, listener);
      this.#releases.push(() => target.removeEventListener(type, listener));
    }
  }

  redrawOn(target, types) {
    this.on(target, types, () => this.requestUpdate());
  }

  every(milliseconds, action) {
    const timer = setInterval(action, milliseconds);
    this.#releases.push(() => clearInterval(timer));
  }
}
