// The page of the errors, from the table of the contract.

export function errors({ ERRORS, SIGN_IN_ERRORS }) {
  const lines = [
    '# Errors',
    '',
    '_Written by `node scripts/write-docs.mjs` from `src/contract/errors.ts`._',
    '',
    'An answer that is not 2xx holds `{"message": …, "code": …}`. The code is stable, the message is for people: a 4xx says what to change, a 5xx names the id under which the log explains it.',
    '',
    '| code | status | meaning |',
    '| --- | --- | --- |',
  ];
  for (const [code, { status, meaning }] of Object.entries(ERRORS))
    lines.push(`| \`${code}\` | ${status} | ${meaning} |`);
  lines.push(
    '',
    '## Sign-in',
    '',
    'The sign-in door answers `{"__type": …, "message": …}` and repeats the name in `x-amzn-errortype`, as clients of Amazon Cognito expect.',
    '',
    '| `__type` | status |',
    '| --- | --- |',
  );
  for (const [name, status] of Object.entries(SIGN_IN_ERRORS)) lines.push(`| \`${name}\` | ${status} |`);
  return `${lines.join('\n')}\n`;
}
