import { expect, test } from 'vitest';
import { escapeJson, unescapeBytes, unescapeJson } from '../../src/contract/wire.ts';

test.each([
  ['nothing to take out', 'Squat'],
  ['quotes', 'the "slow" one"'],
  ['backslashes', '\\ C:\\new\\"\\\\'],
  ['control characters', 'a\u0000b\tc\nd\u001f\u007f'],
  ['other scripts', 'Łódź 深蹲 🏋️ \u2028'],
  ['halves of surrogate pairs', '\ud83c and \udfcb'],
])('bytes are unescaped where they lie: %s', (_, name) => {
  const json = JSON.stringify([{ 'Session Name': name }, { [name]: 1.5 }]);
  const escaped = escapeJson(json);
  const bytes = Buffer.from(`<${escaped}>`);
  const end = unescapeBytes(bytes, 1, bytes.length - 1);
  expect(bytes.toString('utf8', 1, end)).toBe(unescapeJson(escaped));
  expect(bytes.toString('utf8', 1, end)).toBe(json);
  expect(bytes[0]).toBe('<'.charCodeAt(0));
  expect(bytes.at(-1)).toBe('>'.charCodeAt(0));
});
