import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { COMMANDS, chosenCommand } from './commands.ts';
import { explain } from './explain.ts';
import { finishPages, HELP_LAYOUT, pageOf } from './help.ts';

/** The one executable. Only the chosen command's file is loaded, so that `kinebase --help` answers at once. */
async function main(args: readonly string[]): Promise<void> {
  endQuietlyWhenNobodyReads();
  const program = new Command('kinebase')
    .description('Self-hosted server for recorded human movement, and its command line')
    .option('--debug', 'print the stack of an error')
    .showHelpAfterError('(kinebase --help lists what there is)')
    .configureHelp(HELP_LAYOUT)
    .addHelpText('after', START);
  const chosen = chosenCommand(args);
  for (const { name, summary, group, load } of COMMANDS) {
    const command = program.command(name).summary(summary).description(summary).helpGroup(group);
    if (name !== chosen) continue;
    (await load()).define(command);
    finishPages(command, `kinebase ${name}`);
  }
  // `kinebase report SESSION --version 2` is about the report.
  const taken = program.commands.some(({ options }) => options.some(({ long }) => long === '--version'));
  if (!taken) program.version(readVersion(), '--version');
  try {
    const [first, ...words] = args.filter((word) => !word.startsWith('-'));
    if (first === 'help' && words.length > 0) pageOf(program, words).help();
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.stderr.write(`${args.includes('--debug') ? stackOf(error) : explain(error)}\n`);
    process.exitCode = 1;
  }
}

const START = `
Start with \`kinebase serve --demo\`; \`kinebase login\` spares the commands below it their account.
\`kinebase help COMMAND\` explains each, with examples. A running server has the documentation at /docs.`;

/** `kinebase sessions | head` closes our output early: that is no error. Remarks may go unread altogether. */
function endQuietlyWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.stderr.on('error', () => {});
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** The version stands in the manifest alone. From src/cli and dist/cli alike it is two folders up. */
function readVersion(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}

await main(process.argv.slice(2));
