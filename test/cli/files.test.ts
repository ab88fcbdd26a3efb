import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { saveFile } from '../../src/cli/saveFile.ts';
import { createShell } from './kinebase.ts';

/** A mistyped path is answered in words, before anything else was done. */
const shell = createShell();
afterAll(() => shell.end());
mkdirSync(join(shell.home, 'folder'));
writeFileSync(join(shell.home, 'file'), '');

const examine = ['conformance', 'http://127.0.0.1:1', '--username', 'ada', '--junit'];

test.each([
  [['analyze', 'squats.mot'], 'there is no file squats.mot'],
  [['analyze', 'missing/squats.mot'], 'there is no folder missing'],
  [['analyze', 'file/squats.mot'], 'file is no folder'],
  [['analyze', 'folder'], 'folder is a folder; name the files in it'],
  [['analyze', 'file', '--definition', 'squat.json'], 'there is no file squat.json'],
  [[...examine, 'missing/conformance.xml'], 'there is no folder missing'],
  [[...examine, 'file/conformance.xml'], 'file is no folder'],
  [[...examine, 'folder'], 'folder is a folder; name a file in it'],
  [['sweep', '--data', 'missing'], 'there is no store in missing'],
  [['user', 'reset-password', 'ada', '--data', 'missing'], 'there is no store in missing'],
  [['migrate', '--from', 'sqlite:missing', '--to', 'sqlite:other'], 'there is no store in missing'],
])('%j', async (args, message) => {
  const { code, stdout, stderr } = await shell.run(args, { env: { KINEBASE_PASSWORD: 'x' } });
  const said = stderr.replaceAll(`${shell.home}/`, '');
  expect({ code, stdout, said }).toEqual({ code: 1, stdout: '', said: `error: ${message}\n` });
  expect(existsSync(join(shell.home, 'missing'))).toBe(false);
  expect(existsSync(join(shell.home, 'other'))).toBe(false);
});

test.each([
  ['missing/a.csv', /^there is no folder \S+\/missing$/],
  ['file/a.csv', /^\S+\/file is no folder$/],
  ['folder', /^\S+\/folder is a folder; name a file in it$/],
  ['file', /^\S+\/file is there already; name another with --output, or replace it with --force$/],
])('what is written to %s', async (file, message) => {
  await expect(saveFile(join(shell.home, file), [])).rejects.toThrow(message);
});

test('a folder is not replaced by a file either', async () => {
  await expect(saveFile(join(shell.home, 'folder'), [], { force: true })).rejects.toThrow('is a folder');
});
