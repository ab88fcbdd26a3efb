import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Exercise } from '../../src/contract/exercises.ts';
import type { Report } from '../../src/contract/reports.ts';
import type { Session } from '../../src/contract/sessions.ts';

/** An OpenSim motion file: `seconds` at `rate` Hz, one column per name, the knee bending `bends` times. */
export function motionFile({
  seconds = 4,
  rate = 100,
  names = ['knee_angle_r', 'hip_flexion_r'],
  bends = 3,
  phase = 0,
} = {}): string {
  const rows = Math.round(seconds * rate) + 1;
  const lines = [
    'motion',
    'version=1',
    `nRows=${rows}`,
    `nColumns=${names.length + 1}`,
    'inDegrees=yes',
    'endheader',
    ['time', ...names].join('\t'),
  ];
  for (let row = 0; row < rows; row++) {
    const time = row / rate;
    const bend = 45 - 45 * Math.cos((2 * Math.PI * bends * time) / seconds) + phase;
    lines.push([time.toFixed(4), ...names.map((_, place) => (bend / (place + 1)).toFixed(6))].join('\t'));
  }
  return `${lines.join('\n')}\n`;
}

export interface Answer {
  status: number;
  headers: Headers;
  bytes: Buffer;
  /** The body: what stands in the envelope, or the error. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of every endpoint come through here
  body: any;
}

/** Talks to a server as a program with a token does. */
export function createCaller(url: string, token: string) {
  const call = async (
    method: string,
    path: string,
    body?: BodyInit | object | null,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const plain =
      body === undefined ||
      body === null ||
      typeof body === 'string' ||
      body instanceof Uint8Array ||
      body instanceof ReadableStream;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: token, prefer: 'body=json', ...headers },
      body: plain ? ((body as BodyInit | undefined) ?? null) : JSON.stringify(body),
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    } as RequestInit);
    const bytes = Buffer.from(await response.arrayBuffer());
    const json = response.headers.get('content-type')?.startsWith('application/json')
      ? JSON.parse(bytes.toString())
      : undefined;
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      body: json && 'statusCode' in json ? json.body : json,
    };
  };
  return {
    call,
    upload: (parameters: Record<string, string>, bytes: BodyInit, headers?: Record<string, string>) =>
      call('POST', `/sessions?${new URLSearchParams(parameters)}`, bytes, headers),
    sessions: async (): Promise<Session[]> => (await call('GET', '/sessions')).body,
    report: async (session: Session): Promise<Report> =>
      (await call('GET', `/reportData?s3Key=${session.s3Key}`)).body,
    ikData: async (session: Session): Promise<Record<string, number[]>> =>
      (await call('GET', `/ikData?s3Key=${session.s3Key}`)).body,
    original: async (session: Session): Promise<Buffer> =>
      (await call('GET', `/sessions/${session['Session ID']}/original`)).bytes,
    athlete: async (): Promise<string> =>
      (await call('POST', '/athletes', { FirstName: 'Ann', LastName: 'Lee' })).body.ValorID,
    exercise: async (input: Partial<Exercise> & { 'Exercise Name': string }): Promise<string> => {
      const answer = await call('POST', '/exercises', input);
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return answer.body['Exercise ID'];
    },
  };
}

export type Caller = ReturnType<typeof createCaller>;

/** Every file below a folder, by its path. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** Sends a request byte by byte as told, and answers what came back, whatever became of the connection. */
export function sendRaw(
  url: string,
  path: string,
  headers: Record<string, string>,
  write: (send: (chunk: Buffer | string) => Promise<void>, cut: () => void) => Promise<void>,
): Promise<{ status: number | null; body: string }> {
  return new Promise((resolve) => {
    const out = request(`${url}${path}`, { method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('close', () =>
        resolve({ status: response.statusCode ?? null, body: Buffer.concat(chunks).toString() }),
      );
    });
    out.on('error', () => resolve({ status: null, body: '' }));
    // A server that has answered need not read on: what could not be sent then is no failure.
    const send = (chunk: Buffer | string) =>
      new Promise<void>((sent) => (out.destroyed ? sent() : void out.write(chunk, () => sent())));
    void write(send, () => out.destroy()).then(() => out.end());
  });
}
