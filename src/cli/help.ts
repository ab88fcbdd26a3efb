import { type Command, Help, type Option } from 'commander';
import { EXAMPLES } from './examples.ts';
import { UsageError } from './explain.ts';

/** Headings of options that many commands share. */
export const SERVER_OPTIONS = 'Server and account:';

/** A page begins with what is its own; how to reach the server is the same everywhere and comes last. */
export const HELP_LAYOUT: Partial<Help> = {
  showGlobalOptions: true,
  groupItems<Item extends Command | Option>(
    unsorted: Item[],
    visible: Item[],
    headingOf: (item: Item) => string,
  ) {
    const groups = [...GROUPED.groupItems(unsorted, visible, headingOf)];
    const place = (heading: string) => (heading === 'Options:' ? 0 : heading === SERVER_OPTIONS ? 2 : 1);
    return new Map(groups.sort(([one], [other]) => place(one) - place(other)));
  },
};

const GROUPED = new Help();

/** What is added here has a heading of its own; what is added after it has none. */
export function underHeading(command: Command, heading: string, add: (command: Command) => void): Command {
  command.optionsGroup(heading);
  add(command);
  return command.optionsGroup('');
}

/** Below a command and all that are below it: examples, and where a wrong word is answered from. */
export function finishPages(command: Command, words: string): void {
  const below = command.commands;
  const only = below.length > 0 && command.registeredArguments.length === 0;
  const names = below.map((each) => each.name()).join(', ');
  command.showHelpAfterError(
    only ? `(${words} --help explains its commands: ${names})` : `(${words} --help lists its options)`,
  );
  const examples = EXAMPLES[words.replace(/^kinebase /, '')] ?? [];
  if (examples.length > 0)
    command.addHelpText(
      'after',
      `\nExamples:\n${examples.map(([why, line]) => `  # ${why}\n  ${line}`).join('\n')}`,
    );
  if (only) command.addHelpText('after', `\n\`${words} COMMAND --help\` explains each, with examples.`);
  for (const each of below) finishPages(each, `${words} ${each.name()}`);
}

/** The page of `help webhook create`: commander goes down only one word. */
export function pageOf(program: Command, words: readonly string[]): Command {
  let page = program;
  for (const [depth, word] of words.entries()) {
    const below = page.commands.find((each) => each.name() === word);
    if (below === undefined) {
      const above = ['kinebase', ...words.slice(0, depth)].join(' ');
      const names = page.commands.map((each) => each.name());
      const what = names.length === 0 ? 'no commands below it' : names.join(', ');
      throw new UsageError(`there is no command \`${above} ${word}\`; \`${above}\` has ${what}`);
    }
    page = below;
  }
  return page;
}
