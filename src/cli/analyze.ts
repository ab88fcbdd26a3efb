import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Command } from 'commander';
import type { ExerciseDefinition } from '../motion/exercise.ts';
import { exerciseLibrary, findExercise } from '../motion/exercises/index.ts';
import { processRecording } from '../motion/process.ts';
import { readRecording } from '../motion/read.ts';
import { computeReport } from '../motion/report.ts';
import type { Report } from '../sdk/index.ts';
import { channelLines } from './channelLines.ts';
import { UsageError } from './explain.ts';
import { out, outJson } from './print.ts';
import { readRate } from './readRate.ts';
import { reportLines } from './reportLines.ts';
import { similar } from './resolve.ts';

/** `kinebase analyze FILE`: the report of one recording, computed here, without a server. */
export function define(command: Command): void {
  command
    .argument('<file>', 'recording: .mot, .sto, .csv, .trc or .c3d, plain or .gz')
    .option('--exercise <name>', 'from the built-in library; absent: every known joint')
    .option('--rate <hz>', 'sampling rate of a file without a time column', readRate)
    .option('--channels', 'what the file holds, in its own units, instead of the report')
    .option('--json', 'as a server would answer it')
    .action(run);
}

/** As a server reads a recording that names no exercise. */
const GENERAL: ExerciseDefinition = {
  name: 'General movement',
  category: 'General',
  primaryChannel: null,
  polarity: 1,
  metrics: null,
  kneeFlexion: 'positive',
};

async function run(
  file: string,
  { exercise, rate, channels, json }: { exercise?: string; rate?: number; channels?: true; json?: true },
): Promise<void> {
  if (channels) return printChannels(file, rate, json);
  const definition = exercise === undefined ? GENERAL : libraryExercise(exercise);
  const report = await analyze(file, definition, rate);
  if (json) return outJson(report);
  const { SourceRate, SourceRows, Frames, Rate } = report.Provenance;
  const about = `${definition.name}, ${((Frames - 1) / Rate).toFixed(1)} s, ${SourceRows} rows at ${SourceRate.toFixed(1)} Hz`;
  out([basename(file), about, ...reportLines(report)].join('\n'));
}

async function printChannels(file: string, rate_hz: number | undefined, json?: true): Promise<void> {
  const { recording, source } = await readFrom(file, rate_hz);
  const { toRecordingSummary } = await import('../server/recordingDocument.ts');
  const summary = toRecordingSummary(recording, source);
  if (json) return outJson(summary);
  out([basename(file), ...channelLines(summary)].join('\n'));
}

async function readFrom(file: string, rate_hz: number | undefined) {
  const bytes = await readFile(file);
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const recording = readRecording(zipped ? gunzipSync(bytes) : bytes, {
    fileName: file,
    ...(rate_hz === undefined ? {} : { rate_hz }),
  });
  const source = { fileName: basename(file), sha256: createHash('sha256').update(bytes).digest('hex') };
  return { recording, source };
}

async function analyze(
  file: string,
  definition: ExerciseDefinition,
  rate_hz: number | undefined,
): Promise<Report> {
  const { recording, source } = await readFrom(file, rate_hz);
  const computed = computeReport(processRecording(recording), definition);
  // The wire's spelling of a report is written once, and the server is who writes it.
  const { toReport } = await import('../server/reportDocument.ts');
  return toReport(computed, source);
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
