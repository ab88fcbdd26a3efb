import type { RecordingSummary } from '../contract/recordings.ts';
import { inspectRecording, type Sample } from '../motion/read/inspect.ts';
import type { Recording } from '../motion/recording.ts';

/** What was read from a file, in the spelling of the wire. */
export function toRecordingSummary(
  recording: Recording,
  source: { fileName: string; sha256: string },
): RecordingSummary {
  const { rows, timeFirst_s, timeLast_s, rate_hz, channels } = inspectRecording(recording);
  return {
    Format: recording.format,
    SourceFile: source.fileName,
    SourceSha256: source.sha256,
    Rows: rows,
    TimeFirst: timeFirst_s,
    TimeLast: timeLast_s,
    Rate: rate_hz,
    InDegrees: recording.inDegrees,
    UnitSource: recording.unitSource,
    Header: Object.fromEntries(
      Object.entries(recording.header).map(([name, value]) => [
        name,
        typeof value === 'object' ? [...value] : value,
      ]),
    ),
    Channels: channels.map((channel) => ({
      Name: channel.name,
      Unit: channel.unit,
      SourceUnit: channel.sourceUnit,
      Valid: channel.valid,
      Missing: channel.missing,
      First: placeOf(channel.first),
      Last: placeOf(channel.last),
      Min: channel.min,
      Max: channel.max,
      Sum: channel.sum,
    })),
    Notes: [...recording.notes],
  };
}

function placeOf(sample: Sample | null): { Index: number; Value: number } | null {
  return sample === null ? null : { Index: sample.index, Value: sample.value };
}
