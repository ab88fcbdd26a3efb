/** Requests as any HTTP client sends them, and the envelope that data answers come in. */
import { expect } from 'vitest';

/** Name and text of both bases that every data case must pass at. */
export const BASES = [
  ['/', ''],
  ['/production', '/production'],
] as const;

export interface Options {
  method?: string;
  token?: string;
  headers?: Record<string, string>;
  /** Bytes and text as they are, anything else as JSON. */
  body?: unknown;
}

/** Sends a request. What is not JSON fails here: no answer of the data endpoints may be anything else. */
export async function call(url: string, { method = 'GET', token, headers = {}, body }: Options = {}) {
  const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined
      ? {}
      : { body: raw ? (body as string | Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, text, json };
}

export type Answer = Awaited<ReturnType<typeof call>>;

/** The value in an "envelope string" of the contract: HTTP 200, `statusCode` 200, `body` a string that parses as JSON. */
export function opened({ status, headers, json, text }: Answer) {
  expect(status, text.slice(0, 300)).toBe(200);
  expect(headers.get('content-type')).toBe('application/json');
  expect(json.statusCode).toBe(200);
  expect(json.body).toBeTypeOf('string');
  return JSON.parse(json.body);
}

/** Expects an error of the contract: its status, and JSON with a message that is not empty. */
export function expectError({ status, headers, json }: Answer, expected: number): void {
  expect(status).toBe(expected);
  expect(headers.get('content-type')).toBe('application/json');
  expect(json).toEqual({ message: expect.stringMatching(/./), code: expect.stringMatching(/^[a-z_]+$/) });
}
