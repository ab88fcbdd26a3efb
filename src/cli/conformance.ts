import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { CASES } from '../conformance/cases/index.ts';
import { junitOf } from '../conformance/junit.ts';
import { type Conclusion, type Outcome, runConformance } from '../conformance/run.ts';
import type { Account } from '../conformance/signIn.ts';
import { askPassword } from './ask.ts';
import { DEFAULT_CLIENT, DEFAULT_URL } from './connect.ts';
import { UsageError } from './explain.ts';
import { note, out, outJson } from './print.ts';
import { checkPlace } from './saveFile.ts';

/** `kinebase conformance URL`: whether a server keeps the contract, case by case. */
export function define(command: Command): void {
  command
    .argument('[url]', `server, with its stage where it has one (KINEBASE_URL, else ${DEFAULT_URL})`)
    .option('--username <name>', 'account (KINEBASE_USERNAME), with its password in KINEBASE_PASSWORD')
    .option('--client <id>', `client id (KINEBASE_CLIENT; else ${DEFAULT_CLIENT})`)
    .option('--sign-in-url <url>', 'where to sign in, when not at the server: the endpoint of a user pool')
    .option('--pool <id>', 'id of the user pool; found in the tokens when absent')
    .option(
      '--second-username <name>',
      'account of another organization, with its password in KINEBASE_SECOND_PASSWORD',
    )
    .option('--second-client <id>', 'its client id; that of the first when absent')
    .option('--write', 'also add records, and remove them again')
    .option('--only <numbers>', 'only these cases, such as 23,26 or 44-52', readNumbers)
    .option('--most <n>', 'sessions read at most for one list', readCount, 20_000)
    .option('--junit <file>', 'also write JUnit XML')
    .option('--json', 'the outcomes as JSON')
    .addHelpText(
      'after',
      '\nEnds with 1 when a case failed, or could not be judged because of another that did. Nothing is changed without --write.',
    )
    .action(run);
}

interface Options {
  username?: string;
  client?: string;
  signInUrl?: string;
  pool?: string;
  secondUsername?: string;
  secondClient?: string;
  write?: true;
  only?: Set<number>;
  most: number;
  junit?: string;
  json?: true;
}

async function run(stated: string | undefined, options: Options): Promise<void> {
  const url = checkedUrl(stated ?? (process.env.KINEBASE_URL || DEFAULT_URL));
  if (options.junit !== undefined) await checkPlace(options.junit, { force: true });
  const account = await readAccount(options);
  const second = readSecond(options, account);
  const begun = new Date();
  const show = options.json ? () => {} : (outcome: Outcome) => out(lineOf(outcome));
  const { signal, release } = untilInterrupted();
  const conclusion = await runConformance(
    {
      url,
      signInUrl: options.signInUrl === undefined ? undefined : checkedUrl(options.signInUrl),
      pool: options.pool,
      account,
      second,
      write: options.write,
      only: options.only,
      most: options.most,
      signal,
    },
    show,
  ).finally(release);
  if (options.junit !== undefined) await writeFile(options.junit, junitOf(url, begun, conclusion.outcomes));
  conclude(url, begun, conclusion, options);
}

async function readAccount({ username, client }: Options): Promise<Account> {
  const { KINEBASE_USERNAME, KINEBASE_CLIENT, KINEBASE_PASSWORD } = process.env;
  const name = username ?? KINEBASE_USERNAME;
  if (!name) throw new UsageError('sign-in is part of what is examined: give --username');
  return {
    username: name,
    password: KINEBASE_PASSWORD || (await askPassword(`Password of ${name}`, 'set KINEBASE_PASSWORD')),
    clientId: client ?? (KINEBASE_CLIENT || DEFAULT_CLIENT),
  };
}

function readSecond({ secondUsername, secondClient }: Options, first: Account): Account | undefined {
  if (secondUsername === undefined) {
    if (secondClient !== undefined) throw new UsageError('--second-client belongs to --second-username');
    return undefined;
  }
  const password = process.env.KINEBASE_SECOND_PASSWORD;
  if (!password) throw new UsageError(`set KINEBASE_SECOND_PASSWORD, the password of ${secondUsername}`);
  return { username: secondUsername, password, clientId: secondClient ?? first.clientId };
}

function conclude(
  url: string,
  begun: Date,
  { outcomes, leftBehind, aborted }: Conclusion,
  { json }: Options,
): void {
  const count = (status: Outcome['status']) => outcomes.filter((each) => each.status === status).length;
  const summary = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
  const blocked = outcomes.filter((each) => each.blocked).length;
  if (json) outJson({ url, begun: begun.toISOString(), ...summary, cases: outcomes, leftBehind });
  else {
    for (const outcome of outcomes.filter(({ status }) => status === 'failed')) out(explained(outcome));
    out(`\n${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped`);
    if (blocked > 0) out(`${blocked} of the skipped ones say nothing because of what failed`);
  }
  for (const path of leftBehind) note(`error: could not be removed again: ${path}`);
  if (aborted) process.exitCode = 130;
  else if (summary.failed > 0 || blocked > 0 || leftBehind.length > 0) process.exitCode = 1;
}

/** Columns of a table that grows while it is read. */
const WIDTH = Math.max(...CASES.map(({ title }) => title.length));

function lineOf({ number, title, status, duration_ms, reason }: Outcome): string {
  const time = `${String(duration_ms).padStart(6)} ms`;
  const line = `${String(number).padStart(2)}  ${title.padEnd(WIDTH)}  ${status.padEnd(7)}  ${time}`;
  return reason === undefined ? line : `${line}  ${reason}`;
}

const explained = ({ number, title, request, expected, found }: Outcome): string =>
  [`\n${number}. ${title}`, `  asked     ${request}`, `  expected  ${expected}`, `  found     ${found}`].join(
    '\n',
  );

/** The first Ctrl-C ends the run and lets it remove what it added; the second ends the process. */
function untilInterrupted(): { signal: AbortSignal; release(): void } {
  const ended = new AbortController();
  const end = () => ended.abort();
  process.once('SIGINT', end);
  return { signal: ended.signal, release: () => process.off('SIGINT', end) };
}

function checkedUrl(text: string): string {
  const trimmed = text
    .trim()
    .replace(/^["']|["']$/g, '')
    .replace(/\/+$/, '');
  if (!/^https?:\/\/[^/]/i.test(trimmed) || !URL.canParse(trimmed))
    throw new UsageError(`a URL begins with http:// or https://, not ${JSON.stringify(text)}`);
  return trimmed;
}

function readNumbers(text: string): Set<number> {
  const numbers = new Set<number>();
  for (const part of text.split(',')) {
    const [, first, last = first] = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (!(from >= 1 && to >= from && to <= CASES.length))
      throw new InvalidArgumentError(`Cases are numbered 1 to ${CASES.length}: 23,26 or 44-52.`);
    for (let number = from; number <= to; number++) numbers.add(number);
  }
  return numbers;
}

function readCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
}
