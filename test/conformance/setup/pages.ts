/** The loops by which clients read every session, each with its own handling of the continuation token. */
import axios from 'axios';
import type { Session } from '../../../src/contract/sessions.ts';
import { call } from './http.ts';

export interface Reading {
  sessions: Session[];
  pages: number;
}

/**
 * As the documented Node sample: the token is JSON-encoded before it is compared with the text null. The React sample is
 * the same loop in a browser, where axios sends by `fetch`.
 */
export async function readAsNodeSample(
  url: string,
  token: string,
  limit = '',
  adapter: 'http' | 'fetch' = 'http',
): Promise<Reading> {
  const sessions: Session[] = [];
  let continuation = JSON.stringify('');
  for (let pages = 1; ; pages++) {
    const headers = { Authorization: `Bearer ${token}`, 'X-Continuation-Token': continuation };
    const { data } = await axios.get(url, { headers, params: { limit, athleteID: '' }, adapter });
    sessions.push(...JSON.parse(data.body));
    const next = data['X-Continuation-Token'];
    continuation = next === 'null' ? next : JSON.stringify(next);
    if (continuation === 'null') return { sessions, pages };
  }
}

/** As the dashboard: the token goes back as it came, until there is none or it reads null. */
export async function readRaw(
  url: string,
  token: string,
  mostPages = Number.POSITIVE_INFINITY,
): Promise<Reading> {
  const sessions: Session[] = [];
  let continuation = '""';
  let pages = 0;
  while (pages < mostPages) {
    const headers = { 'X-Continuation-Token': continuation };
    const { json } = await call(url, { token, headers });
    pages++;
    sessions.push(...(typeof json.body === 'string' ? JSON.parse(json.body) : json.body));
    continuation = json['X-Continuation-Token'];
    if (!continuation || continuation === 'null') break;
  }
  return { sessions, pages };
}

/**
 * As the Swift sample on the wire: it needs `body` to be an array, goes on while the token is a string, and what it would
 * send after the last page is the text null in quotes.
 */
export async function readAsSwiftSample(
  url: string,
  token: string,
  limit = '',
): Promise<Reading & { echoed: Session[] }> {
  const ask = async (continuation: string) => {
    const { json } = await call(`${url}?limit=${limit}&athleteID=`, {
      token,
      headers: { 'X-Continuation-Token': continuation },
    });
    if (!Array.isArray(json.body)) throw new TypeError('the body is no array');
    return json as { body: Session[]; 'X-Continuation-Token': string | null };
  };
  const sessions: Session[] = [];
  let continuation = JSON.stringify('');
  for (let pages = 1; ; pages++) {
    const page = await ask(continuation);
    sessions.push(...page.body);
    const next = page['X-Continuation-Token'];
    if (typeof next !== 'string')
      return { sessions, pages, echoed: (await ask(JSON.stringify('null'))).body };
    continuation = JSON.stringify(next);
  }
}
