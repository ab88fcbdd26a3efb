/** Organizations that are filled by an import, and what they have to be then. */
import { expect } from 'vitest';
import { type ImportOptions, importFrom } from '../../src/mirror/importFrom.ts';
import { createClient, type KinebaseClient } from '../../src/sdk/index.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { type Archive, doorClient } from './archive.ts';
import { type Door, openDoor } from './door.ts';

export interface Destination {
  server: TestServer;
  /** In front of it. */
  door: Door;
  client: KinebaseClient;
  account: Archive['account'];
  end(): Promise<void>;
}

export async function openDestination(options: Parameters<typeof startServer>[0] = {}): Promise<Destination> {
  const server = await startServer(options);
  const account = server.firstAdministrator!;
  const door = await openDoor(server.url);
  return {
    server,
    door,
    account,
    client: createClient({ url: server.url, ...account }),
    async end() {
      await door.close();
      await server.end();
    },
  };
}

export const fill = (
  archive: Pick<Archive, 'door' | 'account'>,
  destination: Destination,
  options: Partial<ImportOptions> = {},
) =>
  importFrom({
    from: doorClient(archive),
    to: doorClient(destination),
    fromUrl: archive.door.url,
    toUrl: destination.door.url,
    ...options,
  });

/** Requests that change something. */
export const writesTo = ({ door }: Destination) =>
  door.asked.filter(({ method, path }) => method !== 'GET' && path !== '/');

const byId = <T extends object>(records: readonly T[], member: keyof T) =>
  [...records].sort((one, other) => (one[member] < other[member] ? -1 : 1));

/** The destination has what the source answers to `from`, record by record and number by number. */
export async function expectFilled(
  from: KinebaseClient,
  { client: to }: Destination,
  { reports = true, exercises = true } = {},
): Promise<void> {
  const both = async <T>(read: (client: KinebaseClient) => Promise<T>): Promise<[T, T]> => [
    await read(from),
    await read(to),
  ];
  const [sessions, filled] = await both(async (client) =>
    byId(await client.sessions.list().all(), 'Session ID'),
  );
  expect(filled).toEqual(sessions);
  const [athletes, people] = await both(async (client) =>
    byId(await client.athletes.list().all(), 'ValorID'),
  );
  expect(people).toMatchObject(athletes);
  expect(people).toHaveLength(athletes.length);
  const [assessments, others] = await both(async (client) =>
    byId(await client.assessments.list().all(), 'Assessment ID'),
  );
  expect(others).toMatchObject(assessments);
  if (exercises) {
    const [theirs, ours] = await both(async (client) =>
      byId(await client.exercises.list().all(), 'Exercise ID'),
    );
    expect(ours).toHaveLength(theirs.length);
    expect(ours).toMatchObject(theirs);
  }
  for (const { s3Key } of sessions) {
    const [series, imported] = await both((client) => client.ikData(s3Key));
    expect(imported).toEqual(series);
    if (!reports) continue;
    const [report, kept] = await both((client) => client.reportData(s3Key));
    expect(kept.WorkoutMetrics).toMatchObject(report.WorkoutMetrics);
  }
}
