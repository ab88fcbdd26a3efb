import { Link } from '@tanstack/react-router';
import { decimal, range, signed, unitSign } from '../ui/numbers.ts';
import { Score } from '../ui/Score.tsx';
import { words } from '../words/common.ts';
import { compareWords } from '../words/compare.ts';
import { type Line, referenceOf } from './compared.ts';

const TEXT = compareWords;

/** The numbers of every line, and what differs from the first. */
export function NumbersTable({ lines, at }: { lines: readonly Line[]; at: number | null }) {
  const first = lines[0]!;
  const unit = unitSign(first.statistics.Unit);
  const scored = lines.some(({ statistics }) => statistics.Min !== null);
  return (
    <section className="grid gap-2">
      <h2 className="font-semibold">{TEXT.numbers}</h2>
      <div className="overflow-x-auto rounded-lg border border-line bg-panel">
        <table className="w-full text-end whitespace-nowrap tabular-nums print:[&_*]:text-[7pt]">
          <thead className="text-sm text-soft">
            <tr className="border-b border-line">
              <Head left>{TEXT.columns.session}</Head>
              <Head left>{TEXT.columns.side}</Head>
              <Head>{TEXT.columns.repetitions}</Head>
              <Head>{`${TEXT.columns.avgMax} (${unit})`}</Head>
              <Head>{TEXT.columns.difference}</Head>
              {scored && <Head>{TEXT.columns.score}</Head>}
              {at !== null && <Head>{TEXT.columns.value(at)}</Head>}
              <Head>{TEXT.columns.fullMax}</Head>
              <Head>{TEXT.columns.avg}</Head>
              {scored && <Head>{TEXT.columns.range}</Head>}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.mark} line={line} reference={referenceOf(line, lines)} at={at} scored={scored} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="text-sm text-soft">{TEXT.numbersCaption(`${first.of.number} (${first.of.athlete})`)}</p>
    </section>
  );
}

function Row({
  line: { of, side, curve, statistics },
  reference,
  at,
  scored,
}: {
  line: Line;
  reference: Line;
  at: number | null;
  scored: boolean;
}) {
  const { AvgMax, FullMax, Avg, Min, Max, Unit, Score: score } = statistics;
  const judged = { unit: Unit, apart: [Min, Max] };
  const difference = AvgMax - reference.statistics.AvgMax;
  const isReference = reference.of === of && reference.side === side;
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className="px-2 print:px-1 py-1.5 text-start font-normal">
        <Link
          to="/app/sessions/$sessionId"
          params={{ sessionId: of.session['Session ID'] }}
          className="inline-block max-w-56 truncate align-bottom hover:underline"
        >
          <span className="font-semibold">{of.number}</span> {of.athlete}
        </Link>
      </th>
      <td className="px-2 print:px-1 text-start">{words.sides[side]}</td>
      <td className="px-2 print:px-1">
        {curve === undefined ? (
          <span className="text-soft">{TEXT.wholeSession}</span>
        ) : (
          curve.Repetitions.length || of.report.Repetitions.length
        )}
      </td>
      <td className="px-2 print:px-1 font-semibold">{decimal(AvgMax, judged)}</td>
      <td className="px-2 print:px-1">{isReference ? '–' : signed(difference, { unit: Unit })}</td>
      {scored && (
        <td className="px-2 print:px-1">
          <Score score={score === null ? null : score * 100} />
        </td>
      )}
      {at !== null && (
        <td className="px-2 print:px-1">
          {curve === undefined
            ? '–'
            : [curve.Mean, curve.SD].map((values) => decimal(values[at]!, { unit: Unit })).join(' ± ')}
        </td>
      )}
      <td className="px-2 print:px-1">{FullMax === null ? '–' : decimal(FullMax, judged)}</td>
      <td className="px-2 print:px-1">{Avg === null ? '–' : decimal(Avg, judged)}</td>
      {scored && (
        <td className="px-2 print:px-1">{Min === null || Max === null ? '–' : range(Min, Max, Unit)}</td>
      )}
    </tr>
  );
}

const Head = ({ children, left = false }: { children: string; left?: boolean }) => (
  <th
    scope="col"
    className={`px-2 print:px-1 py-2 font-medium whitespace-normal ${left ? 'text-start' : ''}`}
  >
    {children}
  </th>
);
