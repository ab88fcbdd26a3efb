import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { type BodyForm, envelope, pageEnvelope } from '../contract/wire.ts';

/** What a handler answers; how it looks on the wire is decided here, once. */
export type Answer =
  | { kind: 'value'; value: unknown; status?: number; headers?: Record<string, string> }
  /** A value whose JSON text is at hand: it is passed on as it is. */
  | { kind: 'json'; json: string; status?: number }
  /** A list page: escaped items joined by commas, and the token of the next page. */
  | { kind: 'page'; items: string; next: string | null }
  /** Bytes as they lie; `encoding` when they are compressed. */
  | {
      kind: 'bytes';
      status?: number;
      headers: Record<string, string>;
      body: Buffer | string | readonly Buffer[] | Readable;
      encoding?: 'gzip' | 'br';
      /** Where the bytes are an envelope: the form of its body. */
      form?: BodyForm;
    }
  | { kind: 'none' };

export interface Rendered {
  status: number;
  headers: Record<string, string>;
  /** A string is sent as UTF-8: making bytes of it first would cost a copy of every page. */
  body: string | Buffer | readonly Buffer[] | Readable;
}

const zip = promisify(gzip);
/** Below this, compressing costs more than it saves. */
export const LEAST_ZIPPED = 2048;

/** The envelope (or bytes) of an answer, in the body form asked for, compressed when the client accepts it. */
export async function render(
  answer: Answer,
  form: BodyForm,
  preferred: boolean,
  acceptEncoding: string | undefined,
): Promise<Rendered> {
  if (answer.kind === 'none') return { status: 204, headers: {}, body: '' };
  if (answer.kind === 'bytes') {
    const headers = { ...answer.headers };
    if (answer.encoding) headers['content-encoding'] = answer.encoding;
    if (preferred && answer.form) headers['preference-applied'] = `body=${answer.form}`;
    return { status: answer.status ?? 200, headers, body: answer.body };
  }
  const status = answer.kind === 'page' ? 200 : (answer.status ?? 200);
  const text =
    answer.kind === 'page'
      ? pageEnvelope(answer.items, answer.next, form)
      : envelope(answer.kind === 'json' ? answer.json : JSON.stringify(answer.value), form, status);
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    vary: 'Accept-Encoding, Prefer',
    ...(answer.kind === 'value' ? answer.headers : {}),
  };
  if (preferred) headers['preference-applied'] = `body=${form}`;
  if (text.length < LEAST_ZIPPED || !accepts(acceptEncoding, 'gzip')) return { status, headers, body: text };
  headers['content-encoding'] = 'gzip';
  return { status, headers, body: await zip(text, { level: constants.Z_BEST_SPEED }) };
}

/** Whether an Accept-Encoding header (RFC 9110 §12.5.3) admits a coding. Absent: only the bytes themselves. */
export function accepts(header: string | undefined, coding: 'gzip' | 'br'): boolean {
  let star = false;
  for (const part of (header ?? '').split(',')) {
    const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters
      .map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1])
      .find((text) => text !== undefined);
    const wanted = quality === undefined || Number(quality) > 0;
    if (name.trim() === coding) return wanted;
    if (name.trim() === '*') star = wanted;
  }
  return star;
}
