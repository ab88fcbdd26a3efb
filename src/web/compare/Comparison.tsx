import { type CycleBand, CycleChart, type CycleCurve, MOST_SHADED } from '../charts/CycleChart.tsx';
import { Button } from '../ui/Button.tsx';
import { Choice as Select } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { unitSign } from '../ui/numbers.ts';
import { saveFile } from '../ui/saveFile.ts';
import { compareWords } from '../words/compare.ts';
import { BandNote } from './BandNote.tsx';
import { type Choice, type Compared, type Line, peakOf, rangeBand } from './compared.ts';
import { curvesCsv } from './curvesCsv.ts';
import { lineLook } from './looks.ts';
import { NumbersTable } from './NumbersTable.tsx';
import { ReadAt } from './ReadAt.tsx';
import type { CompareSearch } from './search.ts';
import { useOrganizationBand } from './useOrganizationBand.ts';

const TEXT = compareWords;

/** Curves, what lies behind them, and their numbers. */
export function Comparison({
  sessions,
  choice,
  search,
  change,
}: {
  sessions: readonly Compared[];
  choice: Choice;
  search: CompareSearch;
  change: (next: CompareSearch, replace?: boolean) => void;
}) {
  const { shared, parted, metric, there, sides, shown, lines } = choice;
  const wanted = search.metric;
  const band = search.band ?? 'range';
  const drawn = lines.filter(({ curve }) => curve !== undefined);
  // Nowhere without a curve.
  const at = drawn.length === 0 ? null : (search.at ?? peakOf(drawn[0]!.curve!));
  const readAt = (percent: number) => change({ at: percent }, true);
  const range = rangeBand(lines, metric, shown);
  const exercises = new Set(sessions.map(({ session }) => session['Exercise ID']));
  const organization = useOrganizationBand(
    band === 'organization' && exercises.size === 1 && metric !== '' ? [...exercises][0]! : null,
    sessions,
    metric,
    sides,
    shown,
  );
  if (shared.length === 0) return <Notice title={TEXT.title} text={TEXT.noneShared} />;
  const without = [...new Set(lines.filter(({ curve }) => curve === undefined).map(({ of }) => of))];
  const notes = [
    ...(wanted === undefined || wanted === metric ? [] : [TEXT.notOffered(wanted)]),
    ...(parted.length === 0 ? [] : [TEXT.parted(parted.join(', '))]),
    ...(without.length === 0
      ? []
      : [TEXT.noRepetitions(without.map(({ number, athlete }) => `${number} ${athlete}`).join(', '))]),
  ];
  return (
    <>
      <div className="no-print grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
        <Select
          label={TEXT.metric}
          value={metric}
          onChange={({ target }) => change({ metric: target.value })}
        >
          {shared.map((label) => (
            <option key={label}>{label}</option>
          ))}
        </Select>
        <Select
          label={TEXT.side}
          value={sides.length > 1 ? 'both' : sides[0]}
          onChange={({ target }) => change({ side: target.value as CompareSearch['side'] })}
        >
          {[...(there.length > 1 ? (['both'] as const) : []), ...there].map((side) => (
            <option key={side} value={side}>
              {TEXT.sides[side]}
            </option>
          ))}
        </Select>
        <Select
          label={TEXT.quantity}
          value={shown}
          onChange={({ target }) => change({ quantity: target.value as CompareSearch['quantity'] })}
        >
          {Object.entries(TEXT.quantities).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </Select>
        <Select
          label={TEXT.band}
          value={band}
          onChange={({ target }) => change({ band: target.value as CompareSearch['band'] })}
        >
          {Object.entries(TEXT.bands).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </Select>
        <label className="flex items-center gap-2 py-1.5">
          <input
            type="checkbox"
            checked={search.repetitions === 'shown'}
            onChange={({ target }) => change({ repetitions: target.checked ? 'shown' : undefined })}
          />
          {TEXT.repetitions}
        </label>
        <Button
          kind="plain"
          disabled={drawn.length === 0}
          onClick={() =>
            void saveFile({
              fileName: `compare-${fileNamePart(metric)}-${shown}.csv`,
              chunks: curvesCsv(lines, metric, shown),
            })
          }
        >
          {TEXT.download}
        </Button>
      </div>
      {notes.length > 0 && (
        <div role="status" className="grid gap-1 text-sm text-soft">
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </div>
      )}
      {at === null ? (
        <Notice title={metric} text={TEXT.nothingToDraw} />
      ) : (
        <figure className="print-whole grid min-w-0 gap-2 rounded-xl border border-line bg-panel p-3">
          <h2 className="font-semibold">{[metric, ...sides.map((side) => TEXT.sides[side])].join(', ')}</h2>
          <CycleChart
            label={TEXT.chart(metric, TEXT.quantities[shown], drawn.length)}
            unit={`${TEXT.quantities[shown]} (${unitSign(drawn[0]!.curve!.Unit)})`}
            curves={drawn.map((line) =>
              toCurve(line, choice, sessions.length === 1, search.repetitions === 'shown'),
            )}
            band={behind(band, range, organization.band)}
            at={at}
            onAt={readAt}
          />
          <ReadAt at={at} onAt={readAt} />
          <figcaption className="grid gap-1 text-sm text-soft">
            <p>
              {[
                TEXT.caption,
                ...(drawn.length > MOST_SHADED ? [TEXT.notShaded(MOST_SHADED)] : []),
                ...(sides.length > 1 ? [TEXT.sideDashes] : []),
                ...(shown === 'velocity' ? [TEXT.velocityCaption] : []),
              ].join(' ')}
            </p>
            <BandNote
              band={band}
              range={range}
              organization={organization}
              mixed={exercises.size > 1}
              unit={unitSign(drawn[0]!.curve!.Unit)}
            />
          </figcaption>
        </figure>
      )}
      <NumbersTable lines={lines} at={at} />
    </>
  );
}

const toCurve = (
  { of, side, mark, curve }: Line,
  { sides }: Choice,
  alone: boolean,
  repetitions: boolean,
): CycleCurve => ({
  key: mark,
  mark: sides.length === 1 ? String(of.number) : alone ? side : mark,
  ...lineLook(of.number, side, sides.length > 1, alone),
  mean: curve!.Mean,
  sd: curve!.SD,
  repetitions: repetitions ? curve!.Repetitions : [],
});

function behind(
  band: 'range' | 'organization' | 'none',
  range: ReturnType<typeof rangeBand>,
  organization: ReturnType<typeof useOrganizationBand>['band'],
): CycleBand | undefined {
  if (band === 'range' && range.kind === 'range') return { kind: 'range', low: range.min, high: range.max };
  if (band !== 'organization' || organization === null || organization.mean === null) return undefined;
  const { mean, sd } = organization;
  return {
    kind: 'organization',
    low: mean.map((value, point) => value - sd[point]!),
    high: mean.map((value, point) => value + sd[point]!),
  };
}

const fileNamePart = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
