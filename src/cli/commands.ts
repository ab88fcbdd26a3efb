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
  {
    name: 'migrate',
    summary: 'move an archive into another store',
    load: () => import('./migrate.ts'),
  },
  { name: 'login', summary: 'sign in to a server, for the commands below', load: () => import('./login.ts') },
  { name: 'logout', summary: 'end that sign-in', load: () => import('./logout.ts') },
  {
    name: 'import',
    summary: 'record sessions from files, or all of another server',
    load: () => import('./import.ts'),
  },
  { name: 'sync', summary: 'mirror everything an account sees in a folder', load: () => import('./sync.ts') },
  { name: 'sessions', summary: 'list recorded sessions', load: () => import('./sessions.ts') },
  { name: 'session', summary: 'show, correct or delete one session', load: () => import('./session.ts') },
  { name: 'report', summary: 'show the report of a session', load: () => import('./report.ts') },
  { name: 'reports', summary: 'list the lines of reports', load: () => import('./reports.ts') },
  {
    name: 'export',
    summary: 'write series, sessions or lines of reports to a file',
    load: () => import('./export.ts'),
  },
  {
    name: 'recompute',
    summary: 'compute reports of a server again',
    load: () => import('./recompute.ts'),
  },
  { name: 'analyze', summary: 'report of a file, without a server', load: () => import('./analyze.ts') },
  {
    name: 'conformance',
    summary: 'examine a server of the contract, case by case',
    load: () => import('./conformance.ts'),
  },
  { name: 'sweep', summary: 'compare the objects with the rows', load: () => import('./sweep.ts') },
  { name: 'org', summary: 'organizations: list, create, show', load: () => import('./org.ts') },
  {
    name: 'user',
    summary: 'users: list, create, patch, delete; your own password',
    load: () => import('./user.ts'),
  },
  { name: 'client', summary: 'app clients: list, create, patch, delete', load: () => import('./client.ts') },
  { name: 'key', summary: 'API keys: list, create, revoke', load: () => import('./key.ts') },
  {
    name: 'webhook',
    summary: 'webhooks: list, create, patch, test, deliveries, rotate, delete',
    load: () => import('./webhook.ts'),
  },
];

/** The command that the arguments name, also behind `help`. Options before it take no values. */
export function chosenCommand(args: readonly string[]): string | undefined {
  const words = args.filter((word) => !word.startsWith('-'));
  return words[0] === 'help' ? words[1] : words[0];
}
