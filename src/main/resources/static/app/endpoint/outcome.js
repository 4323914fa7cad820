import { html, nothing } from 'lit';
import { count, counted, shortId } from '../page/display.js';
import { clipEscaped } from '../framing/bytes.js';

/** How much of a reply is shown in place; the inspector has all of it. */
const REPLY = 400;
/** The fields of a send that stand on the form, each with its error beside it. */
const ON_FORM = ['to', 'awaitReply', 'repeat', 'interval'];

/** What came of a send so far; `total` is how many times it is to be. */
export function nothingYet(total) {
  return { total, sent: 0, bytes: 0, peers: new Set(), first: null, replies: 0, reply: null, done: false, stopped: false, problem: null };
}

/** With one more answer of the API. */
export function withAnswer(outcome, { sent, reply }, times) {
  return {
    ...outcome,
    times: (outcome.times ?? 0) + times,
    sent: outcome.sent + sent.length,
    bytes: outcome.bytes + sent.reduce((sum, one) => sum + one.bytes, 0),
    peers: new Set([...outcome.peers, ...sent.map(({ connection }) => connection)]),
    first: outcome.first ?? sent[0]?.messageId ?? null,
    replies: outcome.replies + (reply ? 1 : 0),
    reply: reply ?? outcome.reply,
  };
}

/** An outcome in words; `show` leads to a message. */
export function outcomeView({ total, times = 0, sent, bytes, peers, first, replies, reply, done, stopped, problem }, show) {
  const link = id => html`<button type="button" class="link-button mono" @click=${() => show(id)}>${shortId(id)}</button>`;
  const many = peers.size > 1 ? ` to ${counted(peers.size, 'connection')}` : '';
  return html`
    ${sent ? html`<span>Sent ${counted(bytes, 'byte')}${many}${sent > peers.size ? ` in ${counted(sent, 'message')}` : ''}${total > 1 && times < total ? `, ${count(times)} of ${counted(total, 'time')}` : ''}
      ${sent === 1 ? link(first) : nothing}</span>` : nothing}
    ${stopped ? html`<span class="quiet">${sent ? 'Stopped.' : 'Stopped waiting. What was sent stays in history.'}</span>` : nothing}
    ${problem ? html`<span class="bad">${wordsOf(problem)}</span>` : nothing}
    ${reply ? html`<span class="reply">${replies > 1 ? `${counted(replies, 'reply', 'replies')}, the last` : 'Reply'} ${link(reply.id)} <span class="quiet">${counted(reply.bytes, 'byte')}</span> <code>${clipEscaped(reply.payload, REPLY)}${reply.bytes > REPLY ? '…' : ''}</code></span>` : nothing}
    ${!done && !problem && total > 1 ? html`<progress max=${total} .value=${times} aria-label="Sent so far"></progress>` : nothing}`;
}

function wordsOf(problem) {
  const elsewhere = [...problem.fields].filter(([field]) => !ON_FORM.includes(field)).map(([, words]) => words);
  return [problem.message, ...elsewhere].filter((words, i, all) => all.indexOf(words) === i).join(' ');
}
