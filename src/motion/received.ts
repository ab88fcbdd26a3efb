/** Series that another program computed → Series, value by value as they are: nothing is resampled, filtered or rounded. */

import { counted } from './counted.ts';
import { RecordingError } from './errors.ts';
import { builtInDictionary, type Dictionary } from './joints.ts';
import { PIPELINE_VERSION, type Series } from './process.ts';
import { type Arrays, arraysOf } from './read/json.ts';
import { unitOf } from './read/units.ts';
import type { FrameSpan } from './series/span.ts';
import { derivative } from './signal/derivative.ts';

export interface ReceivedSeries {
  series: Series;
  /** Seconds as they were received. */
  time: Float64Array;
}

export interface ReceiveOptions {
  readonly dictionary?: Dictionary;
  /** Stretches that the series have a straight line over, s. */
  readonly excluded?: readonly { channel: string; start_s: number; end_s: number }[];
}

/**
 * A channel without its velocity or acceleration gets them computed. Throws RecordingError for what holds no series, for times
 * that are not even steps upwards, and for values that are missing: a series has a number in every frame.
 */
export function receiveSeries(
  document: Record<string, unknown>,
  options: ReceiveOptions = {},
): ReceivedSeries {
  const arrays = arraysOf(document);
  refuseMissing(arrays);
  return { series: seriesOf(arrays, options), time: arrays.time };
}

function seriesOf(
  { time, names, values }: Arrays,
  { dictionary = builtInDictionary, excluded = [] }: ReceiveOptions,
): Series {
  const frames = time.length;
  const rate_hz = rateOf(time);
  const frameAt = (at_s: number): number => Math.round(at_s * rate_hz);
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const channels = names.filter((name) => !(/_(vel|acc)$/.test(name) && placeOf.has(name.slice(0, -4))));
  const read = (name: string): Float64Array | undefined => values[placeOf.get(name) ?? -1];
  const angle = channels.map((name) => read(name)!);
  const velocity = channels.map(
    (name, channel) => read(`${name}_vel`) ?? derivative(angle[channel]!, rate_hz),
  );
  const acceleration = channels.map(
    (name, channel) => read(`${name}_acc`) ?? derivative(velocity[channel]!, rate_hz),
  );
  const spans = channels.map((name): FrameSpan[] =>
    excluded
      .filter(({ channel }) => channel === name)
      .map(({ start_s, end_s }) => ({ first: frameAt(start_s), last: frameAt(end_s) }))
      .filter(({ first, last }) => first >= 0 && last >= first && last < frames),
  );
  return {
    rate_hz,
    frames,
    names: channels,
    units: channels.map(unitOf),
    angle,
    velocity,
    acceleration,
    excluded: spans,
    dictionary,
    provenance: {
      pipelineVersion: PIPELINE_VERSION,
      sourceFormat: 'json',
      sourceRows: frames,
      sourceRate_hz: rate_hz,
      sourceStart_s: time[0]!,
      inDegrees: true,
      unitSource: 'format',
      interpolation: 'linear',
      filter: null,
      rate_hz,
      frames,
      droppedRows: 0,
      missingValues: {},
      emptyChannels: [],
      wrappedChannels: [],
      constantChannels: [],
      implausibleChannels: [],
      unwrapped: false,
      maxGap_s: 0,
      excludedSegments: spans.flatMap((list, channel) =>
        list.map(({ first, last }) => ({
          channel: channels[channel]!,
          start_s: first / rate_hz,
          end_s: last / rate_hz,
        })),
      ),
      flags: [RECEIVED],
    },
  };
}

const RECEIVED = 'series are as they were received: how they were filtered and differentiated is not known';

/** Hz; one that is all but a whole number is that number: times have a few decimals only. */
function rateOf(time: Float64Array): number {
  const first = time[0]!;
  const last = time[time.length - 1]!;
  if (time.length < LEAST_FRAMES)
    throw new RecordingError(
      'recording_too_short',
      `${counted(time.length, 'frame')}; at least ${LEAST_FRAMES} make a series: leave this session out`,
    );
  for (let at = 1; at < time.length; at += 1)
    if (!(time[at]! > time[at - 1]!))
      throw new RecordingError(
        'recording_malformed',
        `time does not rise at frame ${at}: put the frames in the order of their times, each once`,
      );
  const rate_hz = (time.length - 1) / (last - first);
  const uneven = time.findIndex((at_s, frame) => Math.abs((at_s - first) * rate_hz - frame) > 1);
  if (uneven >= 0)
    throw new RecordingError(
      'recording_malformed',
      `time has no even steps: frame ${uneven} lies at ${time[uneven]} s, more than a step of 1/${rate_hz.toFixed(2)} s from its place: bring the series to even steps, or record the original file instead`,
    );
  const whole = Math.round(rate_hz);
  return Math.abs(rate_hz - whole) < NEARLY * whole ? whole : rate_hz;
}

const LEAST_FRAMES = 10;
const NEARLY = 1e-3;

function refuseMissing({ time, names, values }: Arrays): void {
  [time, ...values].forEach((list, place) => {
    const at = list.findIndex(Number.isNaN);
    if (at < 0) return;
    const name = JSON.stringify(place === 0 ? 'time' : names[place - 1]);
    throw new RecordingError(
      'recording_malformed',
      `the series ${name} has no number at frame ${at}: fill the gap, leave the series out, or record the original file instead`,
    );
  });
}
