import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { render } from '../../src/server/answers.ts';
import { staticFiles } from '../../src/server/staticFiles.ts';

const above = mkdtempSync(join(tmpdir(), 'kinebase-static-'));
const folder = join(above, 'site');
const PAGE = `<!doctype html><title>Ångström</title>${'<p>knee</p>'.repeat(500)}`;
mkdirSync(join(folder, 'assets/deep'), { recursive: true });
writeFileSync(join(above, 'secret.txt'), 'not for you');
writeFileSync(join(folder, 'index.html'), PAGE);
writeFileSync(join(folder, 'small.css'), 'a{}');
writeFileSync(join(folder, 'assets/app-Ab3_d-9z.js'), 'export {};');
writeFileSync(join(folder, 'assets/deep/picture.png'), Buffer.alloc(4000));
writeFileSync(join(folder, 'unknown.xyz'), 'x');
symlinkSync(join(above, 'secret.txt'), join(folder, 'link.txt'));
afterAll(() => rmSync(above, { recursive: true, force: true }));

const files = staticFiles(folder, { 'content-security-policy': "default-src 'none'" });
async function get(name: string, headers: Record<string, string> = {}) {
  return render(await files(name, { headers }), 'string', false, undefined);
}

describe('a file of the folder', () => {
  test('is answered byte for byte with its type and the headers given', async () => {
    const { status, headers, body } = await get('index.html');
    expect(status).toBe(200);
    expect(String(body)).toBe(PAGE);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'cache-control': 'no-cache',
      vary: 'Accept-Encoding',
    });
    expect(headers['content-encoding']).toBeUndefined();
  });

  test.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ] as const)('is compressed as %s for who accepts that', async (coding, decompress) => {
    const { headers, body } = await get('index.html', { 'accept-encoding': `${coding}, identity;q=0` });
    expect(headers['content-encoding']).toBe(coding);
    expect(decompress(body as Buffer).toString()).toBe(PAGE);
    expect((body as Buffer).length).toBeLessThan(PAGE.length / 10);
  });

  test('goes as it is where compressing gains nothing', async () => {
    for (const name of ['small.css', 'assets/deep/picture.png'])
      expect(
        (await get(name, { 'accept-encoding': 'br, gzip' })).headers['content-encoding'],
      ).toBeUndefined();
  });

  test('is not sent again to who has it; each coding is another representation', async () => {
    const etags = new Set<string>();
    for (const accept of ['identity', 'gzip', 'br']) {
      const has = (await get('index.html', { 'accept-encoding': accept })).headers.etag!;
      etags.add(has);
      const again = await get('index.html', { 'accept-encoding': accept, 'if-none-match': `"x", ${has}` });
      expect([again.status, again.body, again.headers.etag]).toEqual([304, '', has]);
      expect(again.headers['content-security-policy']).toBeDefined();
    }
    expect(etags.size).toBe(3);
  });

  test('may be kept for ever when its name says what it holds', async () => {
    expect((await get('assets/app-Ab3_d-9z.js')).headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
    });
    expect((await get('assets/deep/picture.png')).headers['cache-control']).toBe('no-cache');
  });

  test('of a kind that nobody knows is bytes', async () => {
    expect((await get('unknown.xyz')).headers['content-type']).toBe('application/octet-stream');
  });
});

test.each([
  '',
  '.',
  'assets',
  'assets/',
  'link.txt',
  '../secret.txt',
  'assets/../../secret.txt',
  '..\\secret.txt',
  '/etc/passwd',
  'index.html/',
  'INDEX.HTML',
  'index.html\0.css',
  '__proto__',
  'constructor',
  'x'.repeat(100_000),
])('nothing else is answered: %.40j', async (name) => {
  await expect(get(name)).rejects.toMatchObject({ code: 'not_found', status: 404 });
});

test('a folder that was not built is an error of its own, and is looked for again', async () => {
  const late = join(above, 'late');
  const lateFiles = staticFiles(late);
  await expect(lateFiles('index.html', { headers: {} })).rejects.toThrow(/ENOENT/);
  mkdirSync(late);
  writeFileSync(join(late, 'index.html'), 'here');
  expect(await lateFiles('index.html', { headers: {} })).toMatchObject({ kind: 'bytes' });
});
