/**
 * Series → C3D as bytes: points at the rate of the series, floating point, Intel byte order, according to the public
 * description of the format (c3d.org, "The C3D File Format User Guide").
 *
 * C3D knows points of three coordinates. `P_tx`, `P_ty`, `P_tz` in metres become the marker `P` in millimetres, `P_x`, `P_y`,
 * `P_z` in degrees the angle `P`. Every other channel becomes a point of its own name whose x is its value; those are
 * listed in KINEBASE:SINGLE, with their units in KINEBASE:UNITS, so that a reader can give them back as they were.
 * Missing values are points with a negative residual. The kinds are listed where other programs look for them:
 * POINT:ANGLES (POINT:ANGLE_UNITS says deg) and POINT:SCALARS for what is neither angle nor length.
 */
import type { Channel } from '../recording.ts';
import { type Parameter, parameterSection, texts } from './write-c3d-parameters.ts';
import { type C3dPoint, pointsOf } from './write-c3d-points.ts';
import { UnwritableError } from './write-error.ts';

export interface C3dSeries {
  readonly rate_hz: number;
  /** Values per channel. */
  readonly frames: number;
  /** Frame of the session that the first value belongs to, from 0. */
  readonly firstFrame: number;
  readonly channels: readonly Channel[];
}

const BLOCK = 512;
/** Sixteen bits: more frames than these stand in TRIAL:ACTUAL_END_FIELD and POINT:LONG_FRAMES. */
const MOST_COUNTED = 65_535;
const INTEL = 84;
/** First block of the parameters, counted from 1: the one behind the header. */
const PARAMETER_BLOCK = 2;

/** Throws UnwritableError where names are too long, or too many, for the format. */
export function writeC3d(series: C3dSeries): Uint8Array {
  const points = pointsOf(series.channels);
  if (points.length > MOST_COUNTED) throw new UnwritableError(`C3D holds at most ${MOST_COUNTED} points.`);
  // The parameters state where the data begin, which follows from their own length: a first round finds that out.
  const length = parameterSection(parametersOf(series, points, 0), INTEL).length;
  const dataBlock = PARAMETER_BLOCK + length / BLOCK;
  const parameters = parameterSection(parametersOf(series, points, dataBlock), INTEL);
  const dataAt = (dataBlock - 1) * BLOCK;
  const dataBytes = series.frames * points.length * 16;
  const out = new Uint8Array(dataAt + Math.ceil(dataBytes / BLOCK) * BLOCK);
  const view = new DataView(out.buffer);
  writeHeader(view, series, points.length, dataBlock);
  out.set(parameters, BLOCK);
  writePoints(view, dataAt, series.frames, points);
  return out;
}

function writeHeader(view: DataView, series: C3dSeries, points: number, dataBlock: number): void {
  const word = (place: number, value: number) => view.setUint16((place - 1) * 2, value, true);
  view.setUint8(0, PARAMETER_BLOCK);
  view.setUint8(1, 0x50);
  word(2, points);
  word(4, Math.min(MOST_COUNTED, series.firstFrame + 1));
  word(5, Math.min(MOST_COUNTED, series.firstFrame + series.frames));
  // Words 7 and 8: the scale, negative for floating point; 9: first block of the data; 11 and 12: the rate.
  view.setFloat32(12, -1, true);
  word(9, dataBlock);
  view.setFloat32(20, series.rate_hz, true);
}

function parametersOf(
  { rate_hz, frames, firstFrame }: C3dSeries,
  points: readonly C3dPoint[],
  dataBlock: number,
): Record<string, Parameter[]> {
  const labels = (kind: C3dPoint['kind']) =>
    points.filter((point) => point.kind === kind).map(({ label }) => label);
  const singles = points.filter(({ single }) => single);
  const scalarUnits = [...new Set(points.filter(({ kind }) => kind === 'scalar').map(({ unit }) => unit))];
  const first = firstFrame + 1;
  const last = firstFrame + frames;
  return {
    POINT: [
      { name: 'USED', integers: [points.length] },
      { name: 'SCALE', float: -1 },
      { name: 'RATE', float: rate_hz },
      { name: 'DATA_START', integers: [dataBlock] },
      { name: 'FRAMES', integers: [Math.min(MOST_COUNTED, frames)] },
      ...(frames > MOST_COUNTED ? [{ name: 'LONG_FRAMES', float: frames }] : []),
      { name: 'UNITS', text: 'mm' },
      ...texts(
        'LABELS',
        points.map(({ label }) => label),
      ),
      ...texts('ANGLES', labels('angle')),
      { name: 'ANGLE_UNITS', text: 'deg' },
      ...texts('SCALARS', labels('scalar')),
      ...(scalarUnits.length === 1 ? [{ name: 'SCALAR_UNITS', text: scalarUnits[0]! }] : []),
    ],
    ANALOG: [
      { name: 'USED', integers: [0] },
      { name: 'GEN_SCALE', float: 1 },
      { name: 'RATE', float: rate_hz },
    ],
    TRIAL: [
      { name: 'ACTUAL_START_FIELD', integers: [first % 65_536, Math.floor(first / 65_536)] },
      { name: 'ACTUAL_END_FIELD', integers: [last % 65_536, Math.floor(last / 65_536)] },
      { name: 'CAMERA_RATE', float: rate_hz },
    ],
    KINEBASE: [
      ...texts(
        'SINGLE',
        singles.map(({ label }) => label),
      ),
      ...texts(
        'UNITS',
        singles.map(({ unit }) => unit),
      ),
    ],
  };
}

/** Frame by frame x, y, z and the residual of each point. */
function writePoints(view: DataView, start: number, frames: number, points: readonly C3dPoint[]): void {
  points.forEach(({ x, y, z, scale }, place) => {
    for (let frame = 0; frame < frames; frame += 1) {
      const at = start + (frame * points.length + place) * 16;
      const first = x[frame]!;
      if (Number.isNaN(first)) {
        view.setFloat32(at + 12, -1, true);
        continue;
      }
      view.setFloat32(at, first * scale, true);
      if (y !== null) view.setFloat32(at + 4, y[frame]! * scale, true);
      if (z !== null) view.setFloat32(at + 8, z[frame]! * scale, true);
    }
  });
}
