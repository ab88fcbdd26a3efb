import type { StoredSession } from '../store/storedSession.ts';

/** Where the series of a session lie. */
export interface SeriesPlace {
  session: StoredSession;
  series: string;
  brotli: string;
}
