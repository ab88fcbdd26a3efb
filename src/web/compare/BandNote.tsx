import { explain } from '../ui/explain.ts';
import { range as rangeText } from '../ui/numbers.ts';
import { day } from '../ui/time.ts';
import { compareWords } from '../words/compare.ts';
import type { RangeBand } from './compared.ts';
import { LEAST_ATHLETES, MOST_SESSIONS } from './organizationBand.ts';
import type { useOrganizationBand } from './useOrganizationBand.ts';

const TEXT = compareWords;

/** What the band behind the curves is, from what and how many, or why there is none. */
export function BandNote({
  band,
  range,
  organization: { band: usual, isPending, error },
  mixed,
  unit,
}: {
  band: 'range' | 'organization' | 'none';
  range: RangeBand;
  organization: ReturnType<typeof useOrganizationBand>;
  mixed: boolean;
  unit: string;
}) {
  if (band === 'none') return null;
  if (band === 'range')
    return (
      <p>
        {range.kind === 'range'
          ? TEXT.range(rangeText(range.min, range.max, unit), range.source)
          : TEXT.noRange[range.because]}
      </p>
    );
  if (mixed) return <p>{TEXT.organizationMixed}</p>;
  if (error !== null) return <p role="alert">{explain(error)}</p>;
  if (isPending || usual === null) return <p role="status">{TEXT.organizationWaiting}</p>;
  if (usual.mean === null) return <p>{TEXT.organizationFew(usual.athletes, LEAST_ATHLETES)}</p>;
  const { athletes, sessions, from, to } = usual;
  return <p>{TEXT.organization(athletes, sessions, day(from), day(to), MOST_SESSIONS)}</p>;
}
