import type { Report } from '../../sdk/index.ts';
import { type Draft, draftOf } from './repetitions.ts';

/** What to send to have the repetitions of a report again: null where the server had found them. */
export function stored({ Repetitions, Provenance }: Report): readonly Draft[] | null {
  const set =
    Repetitions.length > 0
      ? Repetitions.some(({ Source }) => Source === 'edited')
      : Provenance.ProminenceThreshold === null && Provenance.PrimaryChannel !== null;
  return set ? draftOf(Repetitions) : null;
}
