import type { QueryClient } from '@tanstack/react-query';
import { kinebaseKeys, kinebaseQueries } from '../../react/index.ts';
import type { KinebaseClient, Report, Session } from '../../sdk/index.ts';
import type { Draft } from './repetitions.ts';

/**
 * Has the report computed from these repetitions, or from those that the server finds (null), and shows it. `version`: of
 * the report that they are to follow.
 */
export async function storeRepetitions(
  client: KinebaseClient,
  queries: QueryClient,
  session: Session,
  list: readonly Draft[] | null,
  version: number,
): Promise<Report> {
  const id = session['Session ID'];
  const next = await client.sessions.repetitions(id, {
    Repetitions: list === null ? null : [...list],
    Version: version,
  });
  queries.setQueryData(kinebaseQueries.report(client, session.s3Key).queryKey, next);
  void queries.invalidateQueries({ queryKey: kinebaseKeys.reports(id) });
  return next;
}
