import { type ExerciseMetric, isKinebaseError } from '../../sdk/index.ts';
import { inWords } from '../ui/memberFault.ts';
import { administrationWords } from '../words/administration.ts';

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

/** A field of a metric that the server refuses, and why. */
export interface MetricFault {
  key: number;
  member: keyof typeof MEMBERS;
  text: string;
}

/** Which metric a refusal is about: the server names it by its place, or by its label and side. */
export function metricFault(error: unknown, metrics: readonly MetricDraft[]): MetricFault | null {
  if (!isKinebaseError(error)) return null;
  const [, place, member, rule] = /^Member Metrics\.(\d+)\.(\w+) (.*)$/s.exec(error.message) ?? [];
  const placed = metrics[Number(place)];
  if (placed !== undefined && member !== undefined && member in MEMBERS) {
    const known = member as keyof typeof MEMBERS;
    return { key: placed.key, member: known, text: inWords(rule!, MEMBERS[known]) };
  }
  // Of two with one label and side, the later is the one too many.
  const named = metrics.findLast(({ Label, Side }) =>
    error.message.startsWith(`Metric ${JSON.stringify(Label)}, side ${Side}`),
  );
  if (named === undefined) return null;
  const { key, Min } = named;
  if (error.message.endsWith(' stands twice.')) return { key, member: 'Label', text: say.twice };
  const ends = / Min (\S+) is above Max (\S+)\.$/.exec(error.message);
  if (ends !== null) return { key, member: 'Max', text: say.turned(ends[1]!, ends[2]!) };
  return { key, member: Min.trim() === '' ? 'Min' : 'Max', text: say.oneEnd };
}

const say = administrationWords.exercises;
const MEMBERS = {
  Label: say.label,
  Side: say.side,
  Channel: say.channel,
  Sign: say.sign,
  Reads: say.reads,
  Min: say.min,
  Max: say.max,
  Source: say.source,
} as const;

/** As it is sent: an empty text is no number and no source. */
export function metricOf({ key: _, Min, Max, Source, ...metric }: MetricDraft): ExerciseMetric {
  return {
    ...metric,
    Min: Min.trim() === '' ? null : Number(Min),
    Max: Max.trim() === '' ? null : Number(Max),
    ...(Source.trim() === '' ? {} : { Source: Source.trim() }),
  };
}
