import { connectionNumber, counted, moment, size } from '../page/display.js';

/** What is searched and summed up, in words. */

/** The conditions of a filter, each as a few words; none for all there is. */
export function conditions({ endpoint, connection, direction, origin, contains, containsHex, since, until }) {
  return [
    endpoint && `on ${endpoint}`,
    connection && `on connection ${connectionNumber(connection)}`,
    { in: 'that came in', out: 'that went out' }[direction],
    origin && `made by ${origin === 'peer' ? 'the peer' : `the ${origin}`}`,
    contains && `containing “${contains}”`,
    containsHex && `containing the bytes ${containsHex}`,
    since && until ? `between ${moment(since)} and ${moment(until)}` : since ? `since ${moment(since)}` : until ? `before ${moment(until)}` : null,
  ].filter(Boolean);
}

/** `12,345 frames · 3.40 MB`, with a word of caution where counting is not at its end. */
export function amount({ framesIn, framesOut, bytesIn, bytesOut, complete }) {
  return `${complete ? '' : 'at least '}${counted(framesIn + framesOut, 'frame')} · ${size(bytesIn + bytesOut)}`;
}

/** What to ask before messages are forgotten. */
export function deletion(filter, sums) {
  const which = conditions(filter);
  const frames = sums.framesIn + sums.framesOut;
  const many = `${sums.complete ? '' : 'at least '}${counted(frames, 'frame')}`;
  if (which.length === 0) {
    return {
      title: `Forget ALL ${many}?`,
      words: `No filter is set: everything in history is forgotten, ${many} with ${size(sums.bytesIn + sums.bytesOut)}, of all endpoints and all times. Life-cycle events stay. This cannot be undone.`,
      action: `Forget all ${many}`,
    };
  }
  return {
    title: `Forget ${many}?`,
    words: `Frames ${which.join(', ')}: ${many} with ${size(sums.bytesIn + sums.bytesOut)} are forgotten, and nothing else. This cannot be undone.`,
    action: `Forget ${many}`,
  };
}

/** The name of an endpoint, as the API wants one, from that of a file. */
export function nameFrom(file) {
  return file.toLowerCase().replace(/(\.(gz|pcapng|pcap|cap|ndjson|jsonl?|dmp))+$/, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 63).replace(/-+$/, '') || 'import';
}
