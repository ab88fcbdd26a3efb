import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { junitOf } from '../../src/conformance/junit.ts';
import { type Installation, type Organization, openInstallation } from '../conformance/setup/installation.ts';
import { addSamples } from '../conformance/setup/samples.ts';
import { startWrongServer } from '../conformance/setup/wrongServer.ts';
import { collect, createShell, until } from './kinebase.ts';

let it: Installation;
let riverside: Organization;
let northside: Organization;
const shell = createShell();
beforeAll(async () => {
  it = await openInstallation();
  riverside = await it.organization('riverside');
  northside = await it.organization('northside');
  await addSamples(riverside, 120);
});
afterAll(async () => {
  shell.end();
  await it.end();
});

const examine = (url: string, ...options: string[]) =>
  shell.run(
    ['conformance', url, '--username', riverside.username, '--client', riverside.clientId, ...options],
    { env: { KINEBASE_PASSWORD: riverside.password, KINEBASE_SECOND_PASSWORD: northside.password } },
  );
const junit = () => join(shell.home, 'conformance.xml');

/** An element of XML with its attributes and what is inside. */
interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** Reads XML with a parser that refuses whatever is not well-formed. */
function parseXml(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    open.at(-1)!.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return root.children[0]!;
}

describe('kinebase conformance', () => {
  test('prints every case with its number and outcome, and ends with 0 when none failed', async () => {
    const { code, stdout, stderr } = await examine(
      it.url,
      '--second-username',
      northside.username,
      '--write',
      '--junit',
      junit(),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const rows = stdout.split('\n').filter((line) => /^[ \d]\d {2}/.test(line));
    expect(rows.map((row) => Number(row.slice(0, 2))).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 61 }, (_, index) => index + 1),
    );
    for (const row of rows) expect(row).toMatch(/ {2}(passed|skipped) +\d+ ms/);
    expect(stdout).toMatch(/\n58 passed, 0 failed, 3 skipped\n$/);
    expect(stdout).toContain('  skipped');
    expect(stdout).toContain('the organization has 3 athletes');

    const { name, attributes, children } = parseXml(readFileSync(junit(), 'utf8'));
    expect({ name, ...attributes }).toMatchObject({
      name: 'kinebase conformance',
      tests: '61',
      failures: '0',
      errors: '0',
      skipped: '3',
    });
    const [suite] = children;
    expect(suite!.attributes.name).toBe(it.url);
    const cases = suite!.children;
    expect(cases.map((each) => Number.parseInt(each.attributes.name!, 10))).toEqual(
      Array.from({ length: 61 }, (_, index) => index + 1),
    );
    const skipped = cases.filter(({ children }) => children[0]?.name === 'skipped');
    expect(skipped.map((each) => Number.parseInt(each.attributes.name!, 10))).toEqual([17, 22, 33]);
    expect(skipped[1]!.children[0]!.attributes.message).toBe('the organization has 3 athletes');
  });

  test('says of a failed case what was asked, expected and found, and ends with 1', async () => {
    const wrong = await startWrongServer(it.url, {
      answer(answer, { path }) {
        if (path === '/reportData' && answer.status === 404)
          Object.assign(answer, { status: 500, body: Buffer.from('<h1>Oops & "bye"</h1>') });
      },
    });
    const { code, stdout } = await examine(wrong.url, '--only', '49-50,23', '--junit', junit());
    await wrong.close();
    expect(code).toBe(1);
    expect(stdout.split('\n').map((line) => line.slice(0, 2).trim())).toEqual(
      expect.arrayContaining(['23', '49', '50']),
    );
    expect(stdout).toContain(
      `49. An unknown key is 404 with a message, not an empty report\n  asked     GET ${wrong.url}/reportData?s3Key=unknown\n  expected  HTTP 404\n  found     HTTP 500, application/json, "<h1>Oops & \\"bye\\"</h1>"\n`,
    );
    expect(stdout).toMatch(/\n2 passed, 1 failed, 0 skipped\n$/);
    const [suite] = parseXml(readFileSync(junit(), 'utf8')).children;
    const [, failed] = suite!.children;
    const [failure] = failed!.children;
    expect(failure!.name).toBe('failure');
    expect(failure!.attributes.message).toContain('expected HTTP 404; found HTTP 500');
    expect(failure!.text).toContain('"<h1>Oops & \\"bye\\"</h1>"');
  });

  test('ends with 1 when a case says nothing because of what broke', async () => {
    const wrong = await startWrongServer(it.url, {
      ask: ({ path, headers }) =>
        path === '/sessions' && headers.authorization
          ? {
              status: 503,
              headers: { 'content-type': 'application/json' },
              body: Buffer.from('{"message":"no"}'),
            }
          : undefined,
    });
    const { code, stdout } = await examine(wrong.url, '--only', '36');
    await wrong.close();
    expect(code).toBe(1);
    expect(stdout).toContain('the sessions cannot be listed: see case 23');
    expect(stdout).toContain('1 of the skipped ones say nothing because of what failed');
  });

  test('gives the outcomes as JSON', async () => {
    const { code, stdout } = await examine(`${it.url}/production/`, '--only', '18,51', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      url: `${it.url}/production`,
      begun: expect.stringMatching(/^\d{4}-.*Z$/),
      passed: 1,
      failed: 0,
      skipped: 1,
      cases: [
        { number: 18, title: expect.any(String), status: 'passed', duration_ms: expect.any(Number) },
        {
          number: 51,
          title: expect.any(String),
          status: 'skipped',
          duration_ms: expect.any(Number),
          reason: 'needs --second-username, of another organization',
        },
      ],
      leftBehind: [],
    });
  });

  test('ends at Ctrl-C, after it has removed what it added', async () => {
    const before = (await riverside.call('/sessions')).json;
    const child = shell.start(
      ['conformance', it.url, '--username', riverside.username, '--client', riverside.clientId, '--write'],
      { env: { KINEBASE_PASSWORD: riverside.password } },
    );
    const ran = collect(child);
    // Case 30 is the last before sessions are added.
    await until(child, /\n30 /);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ran;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    expect(stdout).toMatch(/\n\d+ passed, 0 failed, \d+ skipped\n$/);
    expect(stdout).not.toMatch(/^61 /m);
    expect((await riverside.call('/sessions')).json).toEqual(before);
  });

  test.each([
    [['--only', '0'], 'Cases are numbered 1 to 61'],
    [['--only', '44-40'], 'Cases are numbered 1 to 61'],
    [['--only', 'all'], 'Cases are numbered 1 to 61'],
    [['--most', '0'], 'whole number from 1 on'],
    [['--second-client', 'x'], '--second-client belongs to --second-username'],
    [['--sign-in-url', 'cognito'], 'a URL begins with http:// or https://'],
  ])('refuses %j', async (options, message) => {
    const { code, stdout, stderr } = await examine(it.url, ...options);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('says what is missing: a server, an account, its password', async () => {
    const refused = async (args: string[], env: Record<string, string> = {}) => {
      const { code, stderr } = await shell.run(['conformance', ...args], { env });
      expect(code).toBe(1);
      return stderr;
    };
    expect(await refused([it.url])).toContain('give --username');
    expect(await refused([it.url, '--username', 'x'])).toContain('set KINEBASE_PASSWORD');
    expect(await refused(['ftp://x', '--username', 'x'])).toContain('a URL begins with');
    const wrong = { KINEBASE_PASSWORD: 'wrong' };
    expect(await refused([it.url, '--username', northside.username], wrong)).toMatch(
      /cannot sign in: .*\(NotAuthorizedException\)/,
    );
    expect(await refused(['http://127.0.0.1:1', '--username', 'x'], wrong)).toContain('nobody answers at');
    const second = ['--second-username', northside.username];
    expect(await refused([it.url, '--username', 'x', ...second], wrong)).toContain(
      'KINEBASE_SECOND_PASSWORD',
    );
  });
});

test('whatever a server answers, the JUnit file is XML', () => {
  const odd = `\u0000\u0007\u001b]]> <a b="c">&amp;\uffff\ud800 ü °\n\t`;
  const outcome = { number: 1, title: odd, duration_ms: 1.5, request: odd, expected: odd, found: odd };
  const xml = junitOf(odd, new Date(0), [
    { ...outcome, status: 'failed' },
    { number: 2, title: odd, status: 'skipped', duration_ms: 0, reason: odd },
  ]);
  const clean = '\ufffd\ufffd\ufffd]]> <a b="c">&amp;\ufffd\ufffd ü °\n\t';
  const { children } = parseXml(xml);
  const [failed, skipped] = children[0]!.children;
  expect(failed!.attributes.name).toBe(`1. ${clean}`);
  expect(failed!.children[0]!.text).toBe(`${clean}\nexpected: ${clean}\nfound: ${clean}`);
  expect(skipped!.children[0]!.attributes.message).toBe(clean);
});
