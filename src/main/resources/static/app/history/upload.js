import { Problem } from '../page/http.js';
import { at } from '../page/root.js';

/**
 * Sends a file as the body of a request, which fetch can't do and tell how far it came. Resolves with the answer's JSON,
 * or throws a `Problem`, or an `AbortError` once `signal` says so.
 */
export function upload(path, file, { progress, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', at(path));
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(loaded, total));
    request.upload.addEventListener('load', () => progress(file.size, file.size));
    request.addEventListener('load', () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body);
      else reject(new Problem(request.status, body));
    });
    request.addEventListener('error', () => reject(new Problem(0, { detail: 'Switchboard can’t be reached, or refused the file before it had all of it.' })));
    request.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
