import { expect, test } from 'vitest';
import { linesOf } from '../../src/sdk/lines.ts';
import { idsOf, impatient, scripted, session } from './scripted.ts';

const line = (id: string) => `${JSON.stringify(session(id))}\n`;

test('sessions come one by one while the answer is still being sent', async () => {
  let go = () => {};
  const { url, seen } = await scripted((_, response) => {
    response
      .writeHead(200, { 'content-type': 'application/x-ndjson' })
      .write(line('a') + line('b').slice(0, 9));
    go = () => response.end(line('b').slice(9) + line('c'));
  });
  const ids: string[] = [];
  for await (const one of impatient(url).client.sessions.export({ athleteID: ['x', 'y'], name: 'Squat' })) {
    ids.push(one['Session ID']);
    go();
  }
  expect(ids).toEqual(['a', 'b', 'c']);
  expect(seen[0]!.path).toBe('/export?athleteID=x%2Cy&name=Squat');
});

test('an answer that breaks off is an error and not an end', async () => {
  const { url } = await scripted(
    (_, response) => {
      response.write(line('a'));
      setImmediate(() => response.destroy());
    },
    { body: line('a') + line('b').slice(0, 5) },
  );
  const { client } = impatient(url);
  await expect(idsOf(client.sessions.export())).rejects.toMatchObject({ code: 'network' });
  await expect(idsOf(client.sessions.export())).rejects.toMatchObject({ code: 'bad_answer' });
});

test('what is refused says why, and a passing fault is tried again before the first session', async () => {
  const { url } = await scripted(
    { status: 503, body: { message: 'away', code: 'unavailable' } },
    { body: line('a') },
    { status: 400, body: { message: 'no such day', code: 'invalid_parameter' } },
  );
  const { client, pauses } = impatient(url);
  expect(await idsOf(client.sessions.export())).toEqual(['a']);
  expect(pauses).toHaveLength(1);
  await expect(idsOf(client.sessions.export({ from: 'x' }))).rejects.toMatchObject({
    code: 'invalid_parameter',
  });
});

test('whoever stops reading, or aborts, ends the exchange', async () => {
  const closed: Promise<void>[] = [];
  const endless = () =>
    [
      (_: unknown, response: import('node:http').ServerResponse) => {
        closed.push(new Promise((resolve) => response.on('close', resolve)));
        response.write(line('a'));
      },
    ] as const;
  const { url } = await scripted(...endless(), ...endless());
  const { client } = impatient(url);
  for await (const one of client.sessions.export()) {
    expect(one['Session ID']).toBe('a');
    break;
  }
  await closed[0];
  const abort = new AbortController();
  const reading = (async () => {
    for await (const _ of client.sessions.export({}, { signal: abort.signal })) abort.abort();
  })();
  await expect(reading).rejects.toMatchObject({ code: 'aborted' });
  await closed[1];
});

test('a fetch without a body to read from gives the same sessions', async () => {
  const { url } = await scripted({ body: line('a') + line('b') });
  const withoutBody = async (target: string, init: object) => {
    const answer = await fetch(target, init);
    return {
      status: answer.status,
      headers: answer.headers,
      text: () => answer.text(),
      arrayBuffer: () => answer.arrayBuffer(),
    };
  };
  expect(await idsOf(impatient(url, { fetch: withoutBody }).client.sessions.export())).toEqual(['a', 'b']);
});

test('lines are cut where the bytes of a letter are', async () => {
  const bytes = new TextEncoder().encode('ä\nö\n');
  const parts = async function* () {
    for (const byte of bytes) yield Uint8Array.of(byte);
  };
  const lines: string[] = [];
  for await (const one of linesOf(parts())) lines.push(one);
  expect(lines).toEqual(['ä', 'ö']);
});
