import type { ExerciseMetric } from '../../sdk/index.ts';

/** A metric while it is being written: numbers are texts until they are saved. */
export interface MetricDraft extends Omit<ExerciseMetric, 'Min' | 'Max' | 'Source'> {
  /** For React alone: metrics have no id. */
  key: number;
  Min: string;
  Max: string;
  Source: string;
}

let last = 0;

export const metricDraft = (metric: ExerciseMetric): MetricDraft => ({
  ...metric,
  key: ++last,
  Min: metric.Min?.toString() ?? '',
  Max: metric.Max?.toString() ?? '',
  Source: metric.Source ?? '',
});

export const emptyMetric = (): MetricDraft => metricDraft({ Label: '', Side: 'L', Channel: '', Sign: 1 });

/** Whether a refusal names this metric; the server does so by its label and side. */
export const isAbout = (fault: string, { Label, Side }: MetricDraft): boolean =>
  fault.startsWith(`Metric ${JSON.stringify(Label)}, side ${Side}`);

/** As it is sent: an empty text is no number and no source. */
export function metricOf({ key: _, Min, Max, Source, ...metric }: MetricDraft): ExerciseMetric {
  return {
    ...metric,
    Min: Min.trim() === '' ? null : Number(Min),
    Max: Max.trim() === '' ? null : Number(Max),
    ...(Source.trim() === '' ? {} : { Source: Source.trim() }),
  };
}
