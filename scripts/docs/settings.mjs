// The page of the settings, and .env.example, from the list that the server reads them by.

/** Settings that `kinebase serve` also takes as options are called the same there. */
const OPTIONS = new Set(['PORT', 'HOST', 'DATA', 'DEMO']);

export function settings({ SETTINGS }) {
  const lines = [
    '# Settings',
    '',
    '_Written from `src/server/config.ts`._',
    '',
    'Settings of the server are environment variables; those that name an option are also options of `kinebase serve`, which win. An unknown `KINEBASE_*` name stops the start. `.env.example` of the repository lists the same.',
    '',
    '| variable | option | meaning | for example |',
    '| --- | --- | --- | --- |',
  ];
  for (const { variable, help, example } of SETTINGS) {
    const name = variable.replace('KINEBASE_', '');
    const option = OPTIONS.has(name) ? `\`--${name.toLowerCase()}\`` : '';
    lines.push(`| \`${variable}\` | ${option} | ${help} | \`${example}\` |`);
  }
  lines.push(
    '',
    '## Of the command line',
    '',
    '| variable | meaning |',
    '| --- | --- |',
    '| `KINEBASE_URL` | the server, `--url` |',
    '| `KINEBASE_USERNAME` | who asks, `--username` |',
    '| `KINEBASE_CLIENT` | app client to sign in with, `--client` |',
    '| `KINEBASE_PASSWORD` | password; no option, because options stand in the list of processes |',
    '| `KINEBASE_KEY` | an API key in place of user and password, `--key` |',
    '',
  );
  return lines.join('\n');
}

export function environment({ SETTINGS }) {
  const lines = [
    '# Settings of the server. Written by `node scripts/write-docs.mjs` from src/server/config.ts.',
    '',
  ];
  for (const { variable, help, example } of SETTINGS) lines.push(`# ${help}`, `# ${variable}=${example}`, '');
  return `${lines.join('\n').trimEnd()}\n`;
}
