import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathWithin } from '../../src/mirror/disk.ts';
import { folded, NameBook, safeName } from '../../src/mirror/names.ts';
import { newFolder } from './archive.ts';

test.each([
  ['squats left.mot', 'squats left.mot'],
  ['Übung “links”.mot', 'Übung “links”.mot'],
  ['0190AAAA-0000-7000-8000-000000000001', '0190AAAA-0000-7000-8000-000000000001'],
  ['../../etc/passwd', '_._.._etc_passwd'],
  ['..', '__'],
  ['.', '_'],
  ['', '_'],
  ['C:\\Windows\\x.mot', 'C__Windows_x.mot'],
  ['a\u0000b\nc\u001b[31m.mot', 'a_b_c_[31m.mot'],
  ['.hidden', '_hidden'],
  ['-rf', '_rf'],
  ['ends with a point.', 'ends with a point_'],
  ['CON', '_CON'],
  ['nul.mot', '_nul.mot'],
  ['com1.tar.gz', '_com1.tar.gz'],
  ['consul.mot', 'consul.mot'],
  ['a\u202egpj.mot', 'a_gpj.mot'],
  ['\ud800x', '_x'],
  ['e\u0301', 'é'],
  ['a~1', 'a_1'],
])('%j becomes %j', (text, name) => {
  expect(safeName(text)).toBe(name);
});

test('long names are cut, keep their ending, and stay apart', () => {
  const one = safeName(`${'ä'.repeat(400)} 1.mot.gz`);
  const other = safeName(`${'ä'.repeat(400)} 2.mot.gz`);
  expect(Buffer.byteLength(one)).toBeLessThanOrEqual(120);
  expect(one).toMatch(/^ä+~[0-9a-f]{8}\.mot\.gz$/);
  expect(one).not.toBe(other);
});

test('whatever a server says, a name is a file in its folder and nowhere else', () => {
  const root = newFolder();
  mkdirSync(join(root, 'in'));
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const name = safeName(text);
      expect(pathWithin(join(root, 'in'), name)).toBe(join(root, 'in', name));
      expect(name).not.toMatch(/[/\\\p{C}]|^\.|[. ]$/u);
      writeFileSync(join(root, 'in', name), text);
    }),
    { numRuns: 500 },
  );
});

test('a path that leaves its folder is refused where it is built', () => {
  for (const name of ['../x', '/etc/passwd', '', '.', 'a/../../x'])
    expect(() => pathWithin('/srv/mirror', name)).toThrow('leaves its folder');
});

test('ids that some file system takes for the same get names that none does', () => {
  const ids = ['abc', 'ABC', 'Abc', 'a/c', 'a:c', 'STRASSE', 'straße', 'é', 'e\u0301', 'K', '\u212a'];
  const book = new NameBook();
  const names = ids.map((id) => book.nameOf(id));
  expect(names[0]).toBe('abc');
  expect(new Set(names.map(folded)).size).toBe(ids.length);
  // And keep them, whoever goes.
  book.forget(names[0]!);
  expect(book.nameOf('ABC', names[1])).toBe(names[1]);
  expect(book.nameOf('aBC')).toBe('aBC');
});
