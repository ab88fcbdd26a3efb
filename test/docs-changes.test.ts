import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, type KinebaseClient } from '../src/sdk/index.ts';
import { blocksOf, createDesk, hasPython } from './setup/pages.ts';
import { startServer, type TestServer } from './setup/server.ts';

/** The programs of docs/changes.md as they stand there: each keeps a copy of the demo, which is changed between two runs. */
const desk = createDesk();
let server: TestServer;
let client: KinebaseClient;
let env: Record<string, string>;
beforeAll(async () => {
  desk.installClient();
  server = await startServer({ DEMO: 'true' });
  client = createClient({
    url: server.url,
    username: 'coach@riverside.example',
    password: 'demo-movement-1',
    clientId: 'riverside',
  });
  env = { KINEBASE_KEY: (await client.keys.create({ Name: 'mirror' })).Key };
}, 120_000);
afterAll(async () => {
  await server?.end();
  desk.clear();
});

const [js, python, sh] = (['js', 'python', 'sh'] as const).map((language) => {
  const [code, ...others] = blocksOf('docs/changes.md', language);
  if (code === undefined || others.length > 0) throw new Error(`not one block of ${language}`);
  return () => desk.run(language, code.replaceAll('http://127.0.0.1:4750', server.url), env);
});

async function listed(): Promise<Record<string, unknown>> {
  const records: Record<string, unknown> = {};
  for await (const found of client.athletes.list()) records[`athlete ${found.ValorID}`] = found;
  for await (const found of client.assessments.list())
    records[`assessment ${found['Assessment ID']}`] = found;
  for await (const found of client.exercises.list()) records[`exercise ${found['Exercise ID']}`] = found;
  for await (const found of client.sessions.list()) records[`session ${found['Session ID']}`] = found;
  return records;
}

const kept = () => {
  const { records } = JSON.parse(readFileSync(join(desk.folder, 'copy.json'), 'utf8'));
  const reports = Object.keys(records).filter((key) => key.startsWith('report '));
  const others = Object.entries(records).filter(([key]) => !key.startsWith('report '));
  return { reports: reports.length, others: Object.fromEntries(others) };
};

async function change(): Promise<void> {
  const [session] = (await client.sessions.list({ limit: 1 })).items;
  await client.sessions.delete(session!['Session ID']);
  const { ValorID } = await client.athletes.create({ FirstName: 'New', LastName: 'Comer' });
  await client.athletes.patch(ValorID, { LastName: 'Friend' });
}

async function follows(program: () => Promise<string>): Promise<void> {
  rmSync(join(desk.folder, 'copy.json'), { force: true });
  for (let round = 0; round < 3; round++) {
    const said = await program();
    const all = await listed();
    const sessions = Object.keys(all).filter((key) => key.startsWith('session ')).length;
    expect(kept()).toEqual({ reports: sessions, others: all });
    expect(said).toBe(`${Object.keys(all).length + sessions} records\n`);
    if (round < 2) await change();
  }
}

test('in JavaScript', () => follows(js!));
test.skipIf(!hasPython('requests'))('in Python', () => follows(python!));

test('with curl', async () => {
  await sh!();
  await change();
  await sh!();
  const answers = readFileSync(join(desk.folder, 'changes.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).body);
  expect(answers).toHaveLength(2);
  expect(
    answers[1].changes.map(({ kind, deleted }: { kind: string; deleted: boolean }) => [kind, deleted]),
  ).toEqual([
    ['session', true],
    ['report', true],
    ['athlete', false],
  ]);
});
