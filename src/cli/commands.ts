import type { Command } from 'commander';

/** Every command by name; its file adds arguments, options and action once it is chosen. */
export interface CommandFile {
  define(command: Command): void;
}

interface Entry {
  name: string;
  summary: string;
  /** Heading of the list of commands that it stands under. */
  group: string;
  load(): Promise<CommandFile>;
}

const SERVER = 'Server:';
const ACCOUNT = 'Your account:';
const MOVEMENT = 'Sessions and reports:';
const ADMINISTRATION = 'Administration:';

export const COMMANDS: readonly Entry[] = [
  { name: 'serve', group: SERVER, summary: 'run the server', load: () => import('./serve.ts') },
  {
    name: 'migrate',
    group: SERVER,
    summary: 'bring a store up to date, or move an archive into another',
    load: () => import('./migrate.ts'),
  },
  {
    name: 'sweep',
    group: SERVER,
    summary: 'find stored files that no session names, and missing ones',
    load: () => import('./sweep.ts'),
  },
  {
    name: 'conformance',
    group: SERVER,
    summary: 'examine a server of the sessions API, case by case',
    load: () => import('./conformance.ts'),
  },
  {
    name: 'login',
    group: ACCOUNT,
    summary: 'sign in to a server, for the commands below',
    load: () => import('./login.ts'),
  },
  { name: 'logout', group: ACCOUNT, summary: 'end that sign-in', load: () => import('./logout.ts') },
  {
    name: 'import',
    group: MOVEMENT,
    summary: 'record sessions from files, or all of another server',
    load: () => import('./import.ts'),
  },
  {
    name: 'sessions',
    group: MOVEMENT,
    summary: 'list recorded sessions',
    load: () => import('./sessions.ts'),
  },
  {
    name: 'session',
    group: MOVEMENT,
    summary: 'show, correct or delete one session',
    load: () => import('./session.ts'),
  },
  {
    name: 'report',
    group: MOVEMENT,
    summary: 'show the report of a session',
    load: () => import('./report.ts'),
  },
  {
    name: 'reports',
    group: MOVEMENT,
    summary: 'list the lines of reports: one for each metric and side',
    load: () => import('./reports.ts'),
  },
  {
    name: 'export',
    group: MOVEMENT,
    summary: 'write series, sessions or lines of reports to a file',
    load: () => import('./export.ts'),
  },
  {
    name: 'sync',
    group: MOVEMENT,
    summary: 'mirror everything an account sees in a folder',
    load: () => import('./sync.ts'),
  },
  {
    name: 'analyze',
    group: MOVEMENT,
    summary: 'compute the report of a file, without a server',
    load: () => import('./analyze.ts'),
  },
  {
    name: 'recompute',
    group: MOVEMENT,
    summary: 'compute reports of a server again',
    load: () => import('./recompute.ts'),
  },
  {
    name: 'org',
    group: ADMINISTRATION,
    summary: 'organizations: list, create, show',
    load: () => import('./org.ts'),
  },
  {
    name: 'user',
    group: ADMINISTRATION,
    summary: 'users: list, create, patch, delete; your own password',
    load: () => import('./user.ts'),
  },
  {
    name: 'client',
    group: ADMINISTRATION,
    summary: 'app clients: list, create, patch, delete',
    load: () => import('./client.ts'),
  },
  {
    name: 'key',
    group: ADMINISTRATION,
    summary: 'API keys: list, create, revoke',
    load: () => import('./key.ts'),
  },
  {
    name: 'webhook',
    group: ADMINISTRATION,
    summary: 'webhooks: list, create, patch, test, deliveries, rotate, delete',
    load: () => import('./webhook.ts'),
  },
];

/** The command that the arguments name, also behind `help`. Options before it take no values. */
export function chosenCommand(args: readonly string[]): string | undefined {
  const words = args.filter((word) => !word.startsWith('-'));
  return words[0] === 'help' ? words[1] : words[0];
}
