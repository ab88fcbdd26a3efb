import type { Command } from 'commander';

/** Every command by name; its file adds arguments, options and action once it is chosen. */
export interface CommandFile {
  define(command: Command): void;
}

interface Entry {
  name: string;
  summary: string;
  load(): Promise<CommandFile>;
}

export const COMMANDS: readonly Entry[] = [
  { name: 'serve', summary: 'run the server', load: () => import('./serve.ts') },
];

/** The command that the arguments name, also behind `help`. Options before it take no values. */
export function chosenCommand(args: readonly string[]): string | undefined {
  const words = args.filter((word) => !word.startsWith('-'));
  return words[0] === 'help' ? words[1] : words[0];
}
