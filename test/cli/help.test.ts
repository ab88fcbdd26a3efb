import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { EXAMPLES } from '../../src/cli/examples.ts';
import { createShell } from './kinebase.ts';

const shell = createShell();
afterAll(() => shell.end());

/** Every command at any depth by its words, as `main` defines them; running one tells only that it was reached. */
const commands = new Map<string, Command>();
let reached: string | null = null;
const program = new Command('kinebase')
  .option('--debug')
  .exitOverride()
  .configureOutput({ writeErr: () => {} });
beforeAll(async () => {
  for (const { name, summary, load } of COMMANDS) {
    const command = program.command(name).description(summary);
    (await load()).define(command);
    gather(command, name);
  }
});

function gather(command: Command, words: string): void {
  commands.set(words, command);
  for (const below of command.commands) gather(below, `${words} ${below.name()}`);
  const group = command.commands.length > 0 && command.registeredArguments.length === 0;
  if (!group)
    command.action(() => {
      reached = words;
    });
}

test('every command says what it does, and what each of its arguments and options is', () => {
  const silent = [...commands].flatMap(([words, command]) => [
    ...(command.description() === '' ? [words] : []),
    ...[...command.registeredArguments, ...command.options]
      .filter(({ description }) => !description)
      .map((part) => `${words} ${part.name()}`),
  ]);
  expect(silent).toEqual([]);
});

test('a command that needs more than its name has an example', () => {
  const without = [...commands]
    .filter(([words, { commands: below, registeredArguments }]) => {
      const group = below.length > 0 && registeredArguments.length === 0;
      return !group && !/(^logout| list| show)$/.test(words) && !(words in EXAMPLES);
    })
    .map(([words]) => words);
  expect(without).toEqual([]);
});

test.each(Object.entries(EXAMPLES).flatMap(([words, lines]) => lines.map(([, line]) => [line, words])))(
  'the example is understood: %s',
  async (line, words) => {
    reached = null;
    await program.parseAsync(wordsOf(line), { from: 'user' });
    expect(reached).toBe(words);
  },
);

/** As a shell hands them over: without what only the shell reads. */
const wordsOf = (line: string): string[] =>
  [
    ...line
      .replace(/ < \S+$/, '')
      .replace(/^export \w+=\$\((.*)\)$/, '$1')
      .replace(/^kinebase /, '')
      .matchAll(/"([^"]*)"|(\S+)/g),
  ].map(([, quoted, bare]) => quoted ?? bare!);

describe('a page', () => {
  test('of a command below another is found behind help too, with its examples', async () => {
    const { stdout, code } = await shell.run(['help', 'webhook', 'create']);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: kinebase webhook create [options] <url>');
    expect(stdout).toContain(
      `Examples:\n  # ${EXAMPLES['webhook create']![0]![0]}\n  kinebase webhook create `,
    );
    expect((await shell.run(['webhook', 'create', '--help'])).stdout).toBe(stdout);
    expect((await shell.run(['webhook', 'help', 'create'])).stdout).toBe(stdout);
  });

  test.each([
    [['help', 'webhook', 'add'], '`kinebase webhook add`; `kinebase webhook` has list, create, patch, '],
    [['help', 'sesions'], '`kinebase sesions`; `kinebase` has serve, migrate, '],
    [['help', 'sync', 'x'], '`kinebase sync x`; `kinebase sync` has no commands below it'],
  ])('%j names what there is', async (args, message) => {
    const { code, stdout, stderr } = await shell.run(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`error: there is no command ${message}`);
  });

  test('begins with what is its own, and ends with how to reach the server', async () => {
    const { stdout } = await shell.run(['import', '--help']);
    const headings = [...stdout.matchAll(/^(\S.*):$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      'Arguments',
      'Options',
      'How the recording is processed',
      'From another server',
      'Server and account',
      'Global Options',
      'Examples',
    ]);
  });
});
