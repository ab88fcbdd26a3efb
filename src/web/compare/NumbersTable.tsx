import { unitSign } from '../ui/numbers.ts';
import { compareWords } from '../words/compare.ts';
import { type Line, referenceOf } from './compared.ts';
import { NumbersRow } from './NumbersRow.tsx';
import { NARROW, WIDE } from './room.ts';

const TEXT = compareWords;

/** The numbers of every line, and what differs from the first. */
export function NumbersTable({ lines, at }: { lines: readonly Line[]; at: number | null }) {
  const first = lines[0]!;
  const unit = unitSign(first.statistics.Unit);
  const scored = lines.some(({ statistics }) => statistics.Min !== null);
  return (
    <section className="@container grid gap-2">
      <h2 className="font-semibold">{TEXT.numbers}</h2>
      <div className="overflow-x-auto rounded-lg border border-line bg-panel">
        <table className="w-full text-end tabular-nums @4xl:whitespace-nowrap print:whitespace-nowrap print:[&_*]:text-[7pt]">
          <thead className="text-sm text-soft">
            <tr className="border-b border-line">
              <Head left>{TEXT.columns.session}</Head>
              <Head left only={WIDE}>
                {TEXT.columns.side}
              </Head>
              <Head only={WIDE}>{TEXT.columns.repetitions}</Head>
              <Head>{`${TEXT.columns.avgMax} (${unit})`}</Head>
              <Head only={WIDE}>{TEXT.columns.difference}</Head>
              {scored && <Head only={WIDE}>{TEXT.columns.score}</Head>}
              {at !== null && <Head only={WIDE}>{TEXT.columns.value(at)}</Head>}
              <Head only={WIDE}>{TEXT.columns.fullMax}</Head>
              <Head only={WIDE}>{TEXT.columns.avg}</Head>
              <Head only={NARROW}>{`${TEXT.columns.further} (${unit})`}</Head>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <NumbersRow
                key={line.mark}
                line={line}
                reference={referenceOf(line, lines)}
                at={at}
                scored={scored}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className="text-sm text-soft">{TEXT.numbersCaption(`${first.of.number} (${first.of.athlete})`)}</p>
    </section>
  );
}

const Head = ({
  children,
  left = false,
  only = '',
}: {
  children: string;
  left?: boolean;
  /** Where it is shown; everywhere when absent. */
  only?: string;
}) => (
  <th
    scope="col"
    className={`px-1.5 py-2 align-bottom font-medium whitespace-normal @4xl:px-2 print:px-1 ${left ? 'text-start' : ''} ${only}`}
  >
    {children}
  </th>
);
