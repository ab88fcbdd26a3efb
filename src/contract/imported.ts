import type { IkData } from './series.ts';

/**
 * What another server had of a session: the file of `POST /sessions?imported=true&fileName=….json`. Series are kept as they
 * are, value by value. A report that came along is the first report of the session; without one it is computed from them.
 */
export interface ImportedSession {
  /** As the other server's `/ikData` has it. */
  ikData: IkData;
  /** As its `/reportData` has it; null or absent: it had none. */
  reportData?: object | null;
  /** Where it is from, for the report's provenance. */
  source?: string;
}
