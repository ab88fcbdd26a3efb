import { unescapeJson } from '../../contract/wire.ts';
import type { SessionFilter } from '../../store/sessionPage.ts';
import { sessionSlice } from '../../store/sessionSlice.ts';
import type { Deps } from '../call.ts';
import { oneAhead } from './slices.ts';

/**
 * Sessions looked at with one statement. The embedded store is done with it in half a millisecond, for which everybody
 * waits, and texts of this size are let go of early; PostgreSQL is away for a while with each statement, and others do not
 * wait.
 */
export const SLICE = { sqlite: 250, postgres: 1000 } as const;

/** Every session that matches as lines of JSON, as the store holds them. */
export async function* sessionLines(
  { db }: Deps,
  organization: string,
  filter: SessionFilter,
): AsyncGenerator<string> {
  const read = (after: string) => sessionSlice(db, organization, filter, after, SLICE[db.dialect]);
  for await (const { lines } of oneAhead(read)) if (lines !== '') yield unescapeJson(`${lines}\\n`);
}
