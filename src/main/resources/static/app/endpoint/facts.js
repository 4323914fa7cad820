import { html, nothing } from 'lit';
import { clock, count, counted, size } from '../page/display.js';
import { framingName } from '../framing/framing.js';

/** An endpoint and a connection in their particulars, and the ways to end one; wherever on the page they stand. */

/** Where an endpoint is, what it does with what it gets, and what crossed it. */
export function facts(endpoint) {
  const { counters } = endpoint;
  return html`
    <dl>
      ${definition(endpoint)}
      <dt>In</dt><dd class="tabular">${counted(counters.framesIn, 'message')}, ${size(counters.bytesIn)}</dd>
      <dt>Out</dt><dd class="tabular">${counted(counters.framesOut, 'message')}, ${size(counters.bytesOut)}</dd>
      ${losses(counters)}
    </dl>`;
}

export function definition({ localAddress, remote, framing, type, onReceive }) {
  return html`
    ${localAddress ? html`<dt>Local</dt><dd class="mono">${localAddress}</dd>` : nothing}
    ${remote ? html`<dt>Remote</dt><dd class="mono">${remote}</dd>` : nothing}
    ${type === 'udp' ? nothing : html`<dt>Framing</dt><dd class="mono">${framingName(framing)}</dd>`}
    ${onReceive === 'echo' ? html`<dt>On receive</dt><dd>echo</dd>` : nothing}`;
}

/** What went wrong or is missing, if anything. */
export function losses({ errors, captureGap, framesDropped, kernelDrops }) {
  const loss = (name, number) => (number ? html`<dt>${name}</dt><dd class="tabular bad">${count(number)}</dd>` : nothing);
  return html`${loss('Errors', errors)}${loss('Not recorded', captureGap)}${loss('Thrown away unsent', framesDropped)}${loss('Dropped by the kernel', kernelDrops)}`;
}

export function connectionFacts({ role, local, openedAt, closedAt, closeReason, closeDetail, framesIn, framesOut, bytesIn, bytesOut }) {
  return html`
    <dl>
      <dt>Local</dt><dd class="mono">${local}</dd>
      <dt>${beginning(role)}</dt><dd class="tabular">${clock(openedAt)}</dd>
      ${closedAt ? html`<dt>Closed</dt><dd class="tabular">${clock(closedAt)}, ${closeDetail ?? closeReason}</dd>` : nothing}
      <dt>In</dt><dd class="tabular">${counted(framesIn, 'message')}, ${size(bytesIn)}</dd>
      <dt>Out</dt><dd class="tabular">${counted(framesOut, 'message')}, ${size(bytesOut)}</dd>
    </dl>`;
}

/** What the time is called at which a connection began. */
export function beginning(role) {
  return role === 'peer' ? 'First seen' : role === 'accepted' ? 'Accepted' : 'Connected';
}

/** The ways to end a connection that is not closed; `end` takes null for in order, `half`, or `reset`. */
export function endings({ state, transport }, end) {
  if (state === 'closed') return nothing;
  return html`
    <div class="actions" data-acts>
      ${transport === 'tcp' ? html`
        <button type="button" class="button small" title="Shut our sending side only: shutdown(SHUT_WR). The peer can still send." ?disabled=${state === 'half-closed'} @click=${() => end('half')}>Half-close</button>
        <button type="button" class="button small" title="Close in order, with a FIN" @click=${() => end(null)}>Close</button>
        <button type="button" class="button small danger" title="Break it off with a RST; the peer reads ECONNRESET" @click=${() => end('reset')}>Reset</button>`
      : html`<button type="button" class="button small" title="Forget this peer; it comes back with its next datagram" @click=${() => end(null)}>Close</button>`}
    </div>`;
}
