// The page of the command line: what each command says of itself with --help.
import { Command } from 'commander';

export async function commands({ COMMANDS, HELP_LAYOUT, finishPages }) {
  const lines = [
    '# Command line',
    '',
    '_Written from `src/cli`._',
    '',
    'From the repository `npx kinebase`, with the package installed `kinebase`. A command says what it does with `--help`, one below another too (`kinebase help webhook create`); `--debug` prints the stack of an error.',
    '',
    '```sh',
    'npx kinebase --version',
    '```',
    '',
  ];
  for (const { name, summary, load } of COMMANDS) {
    const command = new Command(name).description(summary);
    command.configureHelp({ ...HELP_LAYOUT, helpWidth: 100 }).configureOutput({ getOutHelpWidth: () => 100 });
    (await load()).define(command);
    finishPages(command, `kinebase ${name}`);
    lines.push(`## kinebase ${name}`, '', `${summary[0].toUpperCase()}${summary.slice(1)}.`, '');
    lines.push(...helpOf(command, `kinebase ${name}`));
    for (const below of command.commands.filter((each) => each.name() !== 'help')) {
      lines.push(`### kinebase ${name} ${below.name()}`, '');
      lines.push(...helpOf(below, `kinebase ${name} ${below.name()}`));
    }
  }
  return lines.join('\n');
}

function helpOf(command, words) {
  let help = '';
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
    getOutHelpWidth: () => 100,
  });
  command.outputHelp();
  return ['```text', help.trim().replace(/^Usage: .*?(?=\[|<|$)/m, `Usage: ${words} `), '```', ''];
}
