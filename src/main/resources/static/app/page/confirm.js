import { html } from 'lit';
import { Part } from './part.js';

/** Asks before something is done that can't be taken back. */
class Confirm extends Part {
  static properties = { question: { state: true } };
  #answer = () => {};

  render() {
    const { title, words, action } = this.question ?? {};
    return html`
      <dialog aria-labelledby="confirm-title" @close=${this.#closed}>
        <form method="dialog">
          <header><h2 id="confirm-title">${title}</h2></header>
          <div class="body"><p>${words}</p></div>
          <footer>
            <button class="button" value="no" autofocus>Cancel</button>
            <button class="button danger" value="yes">${action}</button>
          </footer>
        </form>
      </dialog>`;
  }

  async ask(question) {
    this.question = question;
    await this.updateComplete;
    const dialog = this.querySelector('dialog');
    dialog.returnValue = 'no';
    dialog.showModal();
    return new Promise(resolve => { this.#answer = resolve; });
  }

  #closed({ target }) {
    this.#answer(target.returnValue === 'yes');
  }
}

customElements.define('sb-confirm', Confirm);
