import type { Exercise, ExerciseInput, ExerciseMetric } from '../contract/exercises.ts';
import { ApiError } from './errors.ts';
import { readBody } from './input.ts';

/** Body of POST /exercises → the exercise, under its own id or else this one. Throws ApiError for one that cannot be. */
export function readExercise(body: Buffer | undefined, id: () => string): Exercise {
  const input = readBody<ExerciseInput>('ExerciseInput', body);
  refuseFaultyMetrics(input.Metrics ?? null);
  return {
    'Exercise ID': input['Exercise ID'] ?? id(),
    'Exercise Name': input['Exercise Name'],
    Category: input.Category ?? '',
    PrimaryChannel: input.PrimaryChannel ?? null,
    Polarity: input.Polarity ?? 1,
    Metrics: input.Metrics ?? null,
    KneeFlexion: input.KneeFlexion ?? 'as recorded',
  };
}

/** What a schema cannot say: a range has two ends in order, and a label stands once per side. */
export function refuseFaultyMetrics(metrics: Exercise['Metrics']): void {
  const seen = new Set<string>();
  for (const { Label, Side, Min = null, Max = null } of metrics ?? []) {
    const name = `Metric ${JSON.stringify(Label)}, side ${Side}`;
    if ((Min === null) !== (Max === null))
      throw new ApiError('invalid_parameter', `${name}: give both Min and Max, or neither.`);
    if (Min !== null && Max !== null && Min > Max)
      throw new ApiError('invalid_parameter', `${name}: Min ${Min} is above Max ${Max}.`);
    const key = JSON.stringify([Label, Side]);
    if (seen.has(key)) throw new ApiError('invalid_parameter', `${name} stands twice.`);
    seen.add(key);
  }
}

/**
 * Metrics as a change leaves them: a range that stays keeps its source also when that is not sent along; a range that is
 * changed loses the source that came with the old one, because clients send back what they have read.
 */
export function withTrueSources(
  metrics: readonly ExerciseMetric[],
  before: readonly ExerciseMetric[] | null,
): ExerciseMetric[] {
  return metrics.map((metric) => {
    const old = before?.find(({ Label, Side }) => Label === metric.Label && Side === metric.Side);
    if (old?.Source === undefined) return metric;
    const { Source, ...rest } = metric;
    if (sameRange(metric, old)) return { ...rest, Source: Source ?? old.Source };
    return Source === old.Source ? rest : metric;
  });
}

const sameRange = (one: ExerciseMetric, other: ExerciseMetric): boolean =>
  (one.Min ?? null) === (other.Min ?? null) && (one.Max ?? null) === (other.Max ?? null);
