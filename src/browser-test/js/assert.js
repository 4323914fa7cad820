/** As much of an assertion library as the tests of the modules need. */

export function equal(actual, expected) {
  const [found, wanted] = [written(actual), written(expected)];
  if (found !== wanted) throw new Error(`expected ${wanted} but was ${found}`);
}

export function throws(action, words) {
  let thrown;
  try {
    action();
  } catch (error) {
    thrown = error;
  }
  if (!thrown) throw new Error('expected an error, and there was none');
  if (!thrown.message.includes(words)) throw new Error(`expected an error about “${words}” but it said “${thrown.message}”`);
}

function written(value) {
  return JSON.stringify(value instanceof Uint8Array ? Array.from(value) : value);
}
