import type { ReactNode } from 'react';
import type { Provenance } from '../../../sdk/index.ts';
import { trueMinus } from '../../ui/numbers.ts';
import { words } from '../../words/common.ts';
import { sessionWords } from '../../words/session.ts';
import { PANEL } from './panel.ts';

const text = sessionWords.origin;

/** How the numbers came about, in words: file, processing, repetitions, what each metric reads, what was left out. */
export const Origin = ({ provenance }: { provenance: Provenance }) => (
  <details className={PANEL}>
    <summary className="font-semibold">{text.title}</summary>
    <dl className="mt-3 grid gap-x-6 gap-y-2 sm:grid-cols-[12rem_1fr]">
      {linesOf(provenance).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd className="mb-2 min-w-0 wrap-anywhere sm:mb-0">{value}</dd>
        </div>
      ))}
    </dl>
  </details>
);

function linesOf(p: Provenance): [string, ReactNode][] {
  // Of a channel without a number nothing could be bridged.
  const missing = Object.entries(p.MissingValues).filter(([channel]) => !p.EmptyChannels.includes(channel));
  return [
    [text.pipeline, text.pipelineText(p.PipelineVersion, p.ReportVersion)],
    [text.file, text.fileText(p.SourceFile, p.SourceFormat, p.SourceRows)],
    [text.sha, <code key="sha">{p.SourceSha256}</code>],
    [
      text.sampling,
      text.samplingText(p.SourceRate, p.SourceStart, p.Rate, p.Frames, text.ways[p.Interpolation]),
    ],
    [text.unit, text.unitText(p.InDegrees, text.unitSources[p.UnitSource] ?? p.UnitSource)],
    [
      text.filter,
      p.Filter === null
        ? text.noFilter
        : text.filterText(p.Filter.Name, p.Filter.Order, p.Filter.CutOff, p.Filter.ZeroLag),
    ],
    [text.repetitions, repetitionsOf(p)],
    [
      text.knee,
      text.kneeText(p.KneeConvention.Flexion, trueMinus(p.KneeConvention.Evidence), p.KneeConvention.Turned),
    ],
    [text.angles, text.anglesText(p.AngleRange === 'unwrapped', p.WrappedChannels)],
    [
      text.gaps,
      <Lines
        key="gaps"
        lines={[
          text.gapText(p.MaxGap),
          ...(p.DroppedRows > 0 ? [text.dropped(p.DroppedRows)] : []),
          ...missing.map(([channel, count]) => text.bridged(channel, count)),
          ...p.ExcludedSegments.map(({ Channel, Start, End }) => text.excluded(Channel, Start, End)),
          ...(p.EmptyChannels.length > 0 ? [text.empty(p.EmptyChannels)] : []),
        ]}
      />,
    ],
    [
      text.metrics,
      <Lines
        key="metrics"
        lines={[
          ...p.Metrics.map((metric) => text.metricText(metric, words.sides[metric.Side])),
          ...(p.MissingChannels.length > 0 ? [text.lacking(p.MissingChannels)] : []),
          ...(p.Metrics.length + p.MissingChannels.length === 0 ? [text.noMetrics] : []),
        ]}
      />,
    ],
  ];
}

const repetitionsOf = ({
  PrimaryChannel,
  PrimaryChosenBy,
  Polarity,
  ProminenceThreshold,
}: Provenance): string =>
  PrimaryChannel === null
    ? text.noPrimary
    : text.primaryText(PrimaryChannel, Polarity, PrimaryChosenBy, ProminenceThreshold);

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <ul>
    {lines.map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
);
