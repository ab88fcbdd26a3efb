/** What an independent program found in recordings of points, and the comparison with what is read of them here. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { RecordingChannel, RecordingSummary } from '../../src/contract/recordings.ts';

const REFERENCE = new URL('../../../shared/data/reference/', import.meta.url);

type Triple = [number, number, number];

export interface PointsReference {
  file: string;
  frames: number;
  units: string;
  markerCount: number;
  missingPoints: number;
  /** TRC. */
  headerDataRate?: number;
  headerNumFrames?: number;
  headerNumMarkers?: number;
  timeFirst?: number;
  timeLast?: number;
  rateFromTime?: number;
  /** C3D. */
  processor?: string;
  storage?: string;
  pointRate?: number;
  pointScale?: number;
  firstFrame?: number;
  lastFrame?: number;
  angleLabels?: string[];
  /** Nexus. */
  rate?: number;
  markers: {
    name: string;
    validFrames: number;
    firstValid: { index: number; xyz: Triple } | null;
    lastValid: { index: number; xyz: Triple } | null;
    min: Triple | null;
    max: Triple | null;
    sum: Triple | null;
  }[];
}

export const POINT_REFERENCES = [
  'trc_box_4markers',
  'trc_walking5_nan',
  'trc_walking_01',
  'trc_walking_crlf',
  'csv_markers_nexus',
  'c3d_Eb015pr',
  'c3d_Eb015si',
  'c3d_Eb015vi',
  'c3d_gait-pig',
];

export function readPointsReference(name: string): PointsReference {
  return JSON.parse(readFileSync(new URL(`${name}.json`, REFERENCE), 'utf8'));
}

/** Names of the channels of a point: x, y, z. */
export function channelsOfPoint(reference: PointsReference, name: string): [string, string, string] {
  const { FORCES, angles } = modelOutputs(reference);
  const isMarker = !angles.has(name) && !FORCES.test(name);
  return ['x', 'y', 'z'].map((axis) => `${name}_${isMarker ? 't' : ''}${axis}`) as [string, string, string];
}

/** The file of Plug-in Gait lists forces, moments and powers under such labels; the reference lists its angles. */
function modelOutputs({ angleLabels = [] }: PointsReference) {
  return { angles: new Set(angleLabels), FORCES: /(Force|Moment|Power)$/ };
}

function expectNear(
  actual: number | null | undefined,
  expected: number,
  allowed: number,
  what: string,
): void {
  if (!(typeof actual === 'number' && Math.abs(actual - expected) <= allowed))
    expect.fail(`${what}: ${actual} instead of ${expected}, allowed ${allowed}`);
}

/** Every number of the reference against the summary of the recording. */
export function compareSummary(reference: PointsReference, summary: RecordingSummary): void {
  expect(summary.Rows).toBe(reference.frames);
  const rate = reference.rateFromTime ?? reference.pointRate ?? reference.rate!;
  expectNear(summary.Rate, rate, 1e-9 * rate, 'rate');
  expectNear(summary.TimeFirst, reference.timeFirst ?? 0, 1e-12, 'first time');
  expectNear(summary.TimeLast, reference.timeLast ?? (reference.frames - 1) / rate, 1e-9, 'last time');
  expect(summary.Header).toMatchObject(statedBy(reference));

  expect(summary.Channels.length).toBe(3 * reference.markerCount);
  expect(reference.markers.length).toBe(reference.markerCount);
  let missing = 0;
  reference.markers.forEach((marker, place) => {
    const point = summary.Channels.slice(3 * place, 3 * place + 3);
    expect(point.map(({ Name }) => Name)).toEqual(channelsOfPoint(reference, marker.name));
    missing += point[0]!.Missing;
    point.forEach((channel, axis) => {
      expect(channel.Valid).toBe(marker.validFrames);
      expect(channel.Missing).toBe(reference.frames - marker.validFrames);
      compareChannel(channel, marker, axis);
    });
  });
  expect(missing).toBe(reference.missingPoints);
}

function statedBy(reference: PointsReference): Record<string, unknown> {
  if (reference.headerDataRate !== undefined) {
    return {
      DataRate: reference.headerDataRate,
      NumFrames: reference.headerNumFrames,
      NumMarkers: reference.headerNumMarkers,
      Units: reference.units,
    };
  }
  if (reference.rate !== undefined) return { rate: reference.rate, units: reference.units };
  const { processor, storage, pointRate, firstFrame, lastFrame, units, angleLabels } = reference;
  return { processor, storage, pointRate, firstFrame, lastFrame, units, angleLabels };
}

function compareChannel(
  channel: RecordingChannel,
  marker: PointsReference['markers'][number],
  axis: number,
): void {
  const { Name } = channel;
  if (marker.firstValid === null) {
    expect(channel).toMatchObject({ First: null, Last: null, Min: null, Max: null, Sum: null });
    return;
  }
  const { firstValid, lastValid, min, max, sum } = marker;
  const scale = 1e-9 * Math.max(Math.abs(min![axis]!), Math.abs(max![axis]!));
  expect(channel.First?.Index).toBe(firstValid.index);
  expect(channel.Last?.Index).toBe(lastValid!.index);
  expectNear(channel.First?.Value, firstValid.xyz[axis]!, scale, `${Name} first`);
  expectNear(channel.Last?.Value, lastValid!.xyz[axis]!, scale, `${Name} last`);
  expectNear(channel.Min, min![axis]!, scale, `${Name} min`);
  expectNear(channel.Max, max![axis]!, scale, `${Name} max`);
  expectNear(channel.Sum, sum![axis]!, scale * marker.validFrames, `${Name} sum`);
}
