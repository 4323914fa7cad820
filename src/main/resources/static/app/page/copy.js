import { html } from 'lit';
import { Part } from './part.js';
import { icon } from './icons.js';

/** A button that copies `text`, or what it makes, and says so for a moment. With `label` it has words, else the icon alone; `hint` says more. */
class CopyButton extends Part {
  static properties = { text: {}, label: {}, hint: {}, copied: { state: true } };

  render() {
    const words = this.copied ? 'Copied' : this.label ?? 'Copy';
    return html`
      <button type="button" class=${this.label ? 'button small' : 'icon-button'} title=${this.hint ?? (this.label ? '' : words)}
              @click=${this.#copy}>
        ${icon(this.copied ? 'done' : 'copy')}
        <span class=${this.label ? '' : 'visually-hidden'} aria-live="polite">${words}</span>
      </button>`;
  }

  async #copy() {
    await writeClipboard(typeof this.text === 'function' ? this.text() : this.text);
    this.copied = true;
    setTimeout(() => { this.copied = false; }, 1500);
  }
}

/** Over plain HTTP from another machine there is no clipboard API; the old command still works there. */
export async function writeClipboard(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

customElements.define('sb-copy', CopyButton);

/** A line to type in a terminal, with a button that copies it. */
export function command(line) {
  return html`<span class="command"><code tabindex="0">${line}</code><sb-copy .text=${line}></sb-copy></span>`;
}
