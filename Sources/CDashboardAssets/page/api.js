// Asks the service, at the price of a 304 where nothing changed.

import { learnClock } from './format.js';

const TIMEOUT = 10_000;
const CAPACITY = 64;
const TOKEN = 'linkwatch.token';

/// The service gave no usable answer; the message goes on after its name.
export class Unreachable extends Error {}

/// The service wants a token, or another one.
export class TokenNeeded extends Error {}

// The last answers by path. An unchanged answer is the same object again.
const answers = new Map();

// Without credentials a 401 of the service opens no dialogue of the browser's: the page asks for the token itself. A proxy
// before the service that wants a cookie or a password gets them once it has refused to do without.
let credentials = 'omit';

export const token = {
  get() {
    return sessionStorage.getItem(TOKEN);
  },
  set(text) {
    sessionStorage.setItem(TOKEN, text);
  },
  forget() {
    sessionStorage.removeItem(TOKEN);
    answers.clear();
  },
};

/// Answers with `{body}`, or with `{problem}` where the service refuses the question (4xx).
export async function get(path, signal) {
  const known = answers.get(path);
  const response = await send(path, known?.etag, signal);
  learnClock(response.headers.get('Date'));
  if (response.status === 304 && known) return keep(path, known);
  const isJSON = /\bjson\b/.test(response.headers.get('Content-Type') ?? '');
  if (response.status === 401) throw new TokenNeeded(token.get() ? 'The service does not know this token.' : '');
  if (!isJSON || response.status >= 500) throw new Unreachable(`fails: it answered with status ${response.status}`);
  let body;
  try {
    body = await response.json();
  } catch (error) {
    throw signal.aborted ? error : new Unreachable('fails: its answer broke off');
  }
  if (!response.ok) {
    answers.delete(path);
    return { problem: body };
  }
  return keep(path, { body, etag: response.headers.get('ETag') });
}

/// All pages of a list, up to `most` of them, as one `{body: {data, next_cursor}}`.
export async function all(path, signal, most = 20) {
  const first = await get(path, signal);
  let cursor = first.body?.next_cursor;
  if (!cursor) return first;
  const data = [...first.body.data];
  for (let page = 1; cursor && page < most; page += 1) {
    const next = await get(`${path}&cursor=${encodeURIComponent(cursor)}`, signal);
    if (next.problem) return next;
    data.push(...next.body.data);
    cursor = next.body.next_cursor;
  }
  return { body: { data, next_cursor: cursor } };
}

async function send(path, etag, signal) {
  const headers = { Accept: 'application/json' };
  if (token.get()) headers.Authorization = `Bearer ${token.get()}`;
  if (etag) headers['If-None-Match'] = etag;
  const patience = AbortSignal.timeout(TIMEOUT);
  let response;
  try {
    response = await fetch(path, {
      headers, credentials, cache: 'no-store', redirect: 'manual', signal: AbortSignal.any([signal, patience]),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Unreachable(`cannot be reached: ${patience.aborted ? `no answer within ${TIMEOUT / 1000} s` : 'the connection failed'}`);
  }
  const isForeign = response.type === 'opaqueredirect'
    || ([401, 403].includes(response.status) && !/\bjson\b/.test(response.headers.get('Content-Type') ?? ''));
  if (isForeign && credentials === 'omit') {
    credentials = 'same-origin';
    return send(path, etag, signal);
  }
  return response;
}

function keep(path, answer) {
  answers.delete(path);
  answers.set(path, answer);
  if (answers.size > CAPACITY) answers.delete(answers.keys().next().value);
  return answer;
}
