// The same tasks in every language, cut from the programs in examples/, which the tests run: nothing is written twice.
import { readFileSync } from 'node:fs';

const LANGUAGES = {
  curl: { file: 'examples/curl/sessions.sh', fence: 'sh' },
  Python: { file: 'examples/python/sessions.py', fence: 'python' },
  TypeScript: { file: 'examples/node/sessions.mjs', fence: 'ts' },
  'JavaScript, fetch': { file: 'examples/node/fetch.mjs', fence: 'js' },
  React: { file: 'examples/react/Sessions.tsx', fence: 'tsx' },
  Swift: { file: 'examples/swift/sessions.swift', fence: 'swift' },
};

/** Each task: what is said of it, and from which line to before which line of each program it goes. */
const TASKS = [
  {
    title: 'Sign in, and stay signed in',
    text: 'A token lasts an hour. The client of this repository renews it by itself; the others do it a minute before it ends, by the refresh token while that is good, else by the password. An API key (`kinebase key create`) needs no sign-in: it goes into `Authorization: Bearer` as it is.',
    cuts: {
      curl: ['sign_in() {', 'ask() {'],
      Python: ['    def _renew(self):', 'def _json(answer):'],
      TypeScript: ['  const client = createClient({', '  const athletes ='],
      'JavaScript, fetch': ['  /** By the refresh token', 'async function read('],
      React: ['    <KinebaseProvider', '  );', 'examples/react/main.tsx'],
      Swift: ['    /// By the refresh token', '}\n\n/// URLSession'],
    },
  },
  {
    title: 'All sessions of an athlete, over every page',
    text: 'The token of the next page is null on the last one; an empty page is no end, and a token that comes again would never end. `from` and `to` are dates, both included.',
    cuts: {
      curl: ['all_sessions() {', 'if has_jq; then\n  get /athletes'],
      Python: ['    def sessions(self', '    def get(self'],
      TypeScript: ['  const sessions = await', '  const [newest]'],
      'JavaScript, fetch': ['  async *sessions(', '  /** What an endpoint'],
      React: ['function List(', 'function Report('],
      Swift: ['    func sessions(', '    /// What an endpoint answers'],
    },
  },
  {
    title: 'The report of a session',
    text: 'Metric, side, statistics: `AvgMax` is the mean of the best of each repetition, `Score` is null where there is no range to score by ([reports](reports.md)).',
    cuts: {
      curl: ['get /reportData "s3Key=$KEY"\necho', 'get /ikData "s3Key=$KEY" "channels=$CHANNEL"\nread'],
      Python: ['    report = server.get(', '    series = server.get('],
      TypeScript: ['  const report = await', '  const series ='],
      'JavaScript, fetch': ['  const report = await', '  const series ='],
      React: ['function Report(', '/** As many points'],
      Swift: ['    let report: Report =', '    let series:'],
    },
  },
  {
    title: 'One series',
    text: 'Angles in degrees at 60 Hz, under the names of the recording ([channels](channels.md)). `points` thins a curve for the screen and keeps every peak.',
    cuts: {
      curl: ['get /ikData "s3Key=$KEY" "channels=$CHANNEL"\nread', null],
      Python: ['    series = server.get(', 'if __name__'],
      TypeScript: ['  const series = await', 'try {'],
      'JavaScript, fetch': ['  const series = await', 'try {'],
      React: ['function Curve(', '/** The message is for people'],
      Swift: ['    let series:', 'do {'],
    },
  },
  {
    title: 'When something goes wrong',
    text: 'The message is for people; the [code](errors.md) stays the same and is for programs.',
    cuts: {
      curl: ['refuse() {', '# A text as JSON'],
      Python: ['def _json(answer):', 'def server_from_environment'],
      TypeScript: ['try {', null],
      'JavaScript, fetch': ['async function read(', 'async function main('],
      React: ['/** The message is for people', null],
      Swift: ['func decode<Answer', 'func run('],
    },
  },
];

export function languages() {
  const lines = [
    '# Every language side by side',
    '',
    '_Cut from the programs in `examples/`, which the tests run against a real server._',
    '',
    'Six programs do the same: sign in, find an athlete, list the sessions between two dates over all pages, read the newest report and one joint angle. Choose a language once; the page, and the next ones, keep it. TypeScript and React use the [client](client.md), which also repeats what failed in passing; the others use what the language brings.',
    '',
  ];
  for (const { title, text, cuts } of TASKS) {
    lines.push(`## ${title}`, '', text, '');
    for (const [name, [from, before, file]] of Object.entries(cuts)) {
      const { fence, file: usual } = LANGUAGES[name];
      lines.push(`\`\`\`${fence} tab="${name}"`, cut(file ?? usual, from, before), '```', '');
    }
  }
  lines.push('## Whole programs', '', 'How each is started stands in its first lines.', '');
  for (const [name, { file, fence }] of Object.entries(LANGUAGES))
    lines.push(`\`\`\`${fence} tab="${name}"`, readFileSync(file, 'utf8').trimEnd(), '```', '');
  lines.push(
    '### Every score of an organization as a data frame',
    '',
    '```python',
    readFileSync('examples/python/scores.py', 'utf8').trimEnd(),
    '```',
    '',
  );
  return lines.join('\n');
}

/** The lines from the one that begins with `from` to before the next that begins with `before`, moved to the left. */
export function cut(file, from, before) {
  const text = `\n${readFileSync(file, 'utf8')}`;
  const start = text.indexOf(`\n${from}`);
  if (start < 0) throw new Error(`${file} has no line ${JSON.stringify(from)}`);
  const end = before === null ? text.length : text.indexOf(`\n${before}`, start + 1);
  if (end < 0) throw new Error(`${file} has no line ${JSON.stringify(before)} after ${JSON.stringify(from)}`);
  const lines = text
    .slice(start, end)
    .replace(/^\n+|\s+$/g, '')
    .split('\n');
  const indent = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)[0].length),
  );
  return lines.map((line) => line.slice(indent)).join('\n');
}
