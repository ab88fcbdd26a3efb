import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import type { ExerciseDefinition } from '../motion/exercise.ts';
import { exerciseLibrary, findExercise } from '../motion/exercises/index.ts';
import type { Report } from '../sdk/index.ts';
import { channelLines } from './channelLines.ts';
import { UsageError } from './explain.ts';
import { out, outJson } from './print.ts';
import { type ProcessingFlags, processingOf, withProcessing } from './processingOptions.ts';
import { readNamedFile } from './readNamedFile.ts';
import { readRate } from './readRate.ts';
import { reportLines } from './reportLines.ts';
import { similar } from './resolve.ts';

/** `kinebase analyze FILE`: the report of one recording, computed here, without a server. */
export function define(command: Command): void {
  command
    .argument('<file>', 'recording: .mot, .sto, .csv, .trc, .c3d or .json, plain or .gz')
    .addOption(
      new Option('--exercise <name>', 'from the built-in library; absent: every known joint').conflicts(
        'definition',
      ),
    )
    .option('--definition <file>', 'an exercise of your own, as JSON like the body of POST /exercises')
    .option('--rate <hz>', 'sampling rate of a file without a time column', readRate);
  withProcessing(command)
    .option('--curves', 'add the time-normalised curves')
    .addOption(
      new Option('--channels', 'what the file holds, in its own units, instead of the report').conflicts(
        OF_REPORTS,
      ),
    )
    .option('--json', 'as a server would answer it')
    .action(run);
}

/** Options that say nothing where no report is computed. */
const OF_REPORTS = [
  ...['exercise', 'definition', 'curves'],
  ...['outputRate', 'cutOff', 'order', 'interpolation', 'maxGap', 'unwrap'],
];

interface AnalyzeOptions extends ProcessingFlags {
  exercise?: string;
  definition?: string;
  rate?: number;
  curves?: true;
  channels?: true;
  json?: true;
}

async function run(file: string, options: AnalyzeOptions): Promise<void> {
  if (options.channels) return printChannels(file, options);
  const report = await analyze(file, options);
  if (options.json) return outJson(report);
  const { Exercise, SourceRate, SourceRows, Frames, Rate } = report.Provenance;
  const about = `${Exercise}, ${((Frames - 1) / Rate).toFixed(1)} s, ${SourceRows} rows at ${SourceRate.toFixed(1)} Hz`;
  out([basename(file), about, ...reportLines(report)].join('\n'));
}

async function printChannels(file: string, { rate, json }: AnalyzeOptions): Promise<void> {
  const { inspect } = await import('../server/inspection.ts');
  const bytes = await readNamedFile(file);
  const summary = await inspect({ bytes, fileName: basename(file), rate_hz: rate ?? null });
  if (json) return outJson(summary);
  out([basename(file), ...channelLines(summary)].join('\n'));
}

/** A recording is read, computed and written down in one place for both, and that is the server's. */
async function analyze(file: string, options: AnalyzeOptions): Promise<Report> {
  const [{ analyze }, { checkedProcessing }, { readReport }, { curvesOf }, { readSeriesFile }] =
    await Promise.all([
      import('../server/analysis.ts'),
      import('../server/processing.ts'),
      import('../server/reportFile.ts'),
      import('../server/reportCurves.ts'),
      import('../server/seriesFile.ts'),
    ]);
  const processing = checkedProcessing(processingOf(options), {
    rate: '--output-rate',
    cutOff: '--cut-off',
    without: '--cut-off off',
  });
  const { report, series } = await analyze({
    bytes: await readNamedFile(file),
    fileName: basename(file),
    rate_hz: options.rate ?? null,
    exercise: await exerciseOf(options),
    processing,
    wants: options.curves ? 'everything' : 'report',
  });
  const document = JSON.parse(await readReport(report)) as Report;
  if (series === null) return document;
  return { ...document, Curves: await curvesOf(readSeriesFile(series.series), document) };
}

async function exerciseOf({ exercise, definition }: AnalyzeOptions): Promise<ExerciseDefinition> {
  if (exercise !== undefined) return libraryExercise(exercise);
  const { GENERAL, toDefinition } = await import('../server/definition.ts');
  if (definition === undefined) return GENERAL;
  const { readExercise } = await import('../server/exerciseInput.ts');
  const bytes = await readNamedFile(definition);
  try {
    return toDefinition(readExercise(bytes, () => ''));
  } catch (error) {
    if ((error as { code?: unknown }).code === 'invalid_body')
      throw new UsageError(`${definition} is not a JSON object`);
    throw new UsageError(`${definition}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function libraryExercise(name: string): ExerciseDefinition {
  const found = findExercise(name);
  if (found !== undefined) return found;
  throw new UsageError(
    `there is no built-in exercise ${JSON.stringify(name)}${similar(
      name,
      exerciseLibrary.map((exercise) => exercise.name),
    )}`,
  );
}
