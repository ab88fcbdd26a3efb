/**
 * C3D: points over time in binary, written by an Intel, DEC or MIPS processor, as integers or floats.
 *
 * Source of the format: The C3D File Format User Guide, c3d.org. Analog samples are skipped.
 */

import type { Channel, Recording } from '../../recording.ts';
import { sampledAt } from '../columns.ts';
import { checkLabels } from '../labels.ts';
import { type LengthUnit, lengthChannel, lengthUnit, markerChannels, missTogether } from '../points.ts';
import { DEGREES_PER_RADIAN, scaleBy } from '../units.ts';
import { type Kind, kindsOf } from './kinds.ts';
import { layoutOf } from './layout.ts';
import { pointNames } from './names.ts';
import type { NumberReader } from './numbers.ts';
import { listedTexts, type Parameters, textsOf } from './parameters.ts';
import { readPoint, type Xyz } from './points.ts';

/**
 * A marker P is P_tx, P_ty, P_tz in metres; an angle P is P_x (sagittal), P_y (frontal), P_z (transverse) in degrees; other
 * results of models P_x, P_y, P_z in the unit that is stated. A point listed in KINEBASE:SINGLE is one channel P, its x, in
 * the unit of KINEBASE:UNITS where its kind states none.
 * Time is 0 at the first frame of the file.
 *
 * Throws RecordingError with the byte.
 */
export function readC3d(bytes: Uint8Array): Recording {
  const layout = layoutOf(bytes);
  const { reader, parameters, processor, storage, frames, rate_hz, scale } = layout;
  const { names, notes } = pointNames(listedTexts(reader, parameters, 'POINT:LABELS'), layout.points);
  const kinds = kindsOf(reader, parameters);
  const singles = singlesOf(reader, parameters);
  const units = textsOf(reader, parameters.get('POINT:UNITS'))[0] ?? '';
  const length = lengthUnit(units);

  const points = names.map((name): Point => ({ name, kind: kinds.get(name), singleUnit: singles.get(name) }));
  checkLabels(['time', ...points.flatMap(channelNames)], undefined);
  const channels = points.flatMap((point, place) => channelsOf(point, readPoint(layout, place), length));
  const hasMarkers = points.some(({ kind }) => kind === undefined);
  const angles = [...kinds].filter(([, { list }]) => list === 'ANGLES');
  return {
    time: sampledAt(rate_hz, frames),
    channels,
    format: 'c3d',
    ...rotationsOf(angles.map(([, kind]) => kind)[0]),
    assumedRate_hz: null,
    header: {
      processor,
      storage,
      pointRate: rate_hz,
      pointScale: scale,
      firstFrame: layout.firstFrame,
      lastFrame: layout.lastFrame,
      units,
      angleLabels: angles.map(([label]) => label),
    },
    notes: [...layout.notes, ...notes, ...(hasMarkers && length.note !== undefined ? [length.note] : [])],
  };
}

function rotationsOf(angles: Kind | undefined): Pick<Recording, 'inDegrees' | 'unitSource'> {
  if (angles === undefined) return { inDegrees: true, unitSource: 'format' };
  return { inDegrees: !isRadians(angles.unit), unitSource: angles.unit === '' ? 'assumed' : 'header text' };
}

function isRadians(unit: string): boolean {
  return /^rad/i.test(unit);
}

interface Point {
  readonly name: string;
  /** Undefined for a marker. */
  readonly kind: Kind | undefined;
  /** Of a point of one value; undefined for one of three. */
  readonly singleUnit: string | undefined;
}

/** Label → unit of the points that hold one value. */
function singlesOf(reader: NumberReader, parameters: Parameters): ReadonlyMap<string, string> {
  const units = listedTexts(reader, parameters, 'KINEBASE:UNITS');
  return new Map(
    listedTexts(reader, parameters, 'KINEBASE:SINGLE').map((label, i) => [label, units[i] ?? '']),
  );
}

function channelNames({ name, kind, singleUnit }: Point): string[] {
  if (singleUnit !== undefined) return [name];
  return ['x', 'y', 'z'].map((axis) => `${name}_${kind === undefined ? 't' : ''}${axis}`);
}

function channelsOf(point: Point, xyz: Xyz, length: LengthUnit): Channel[] {
  const { name, kind, singleUnit } = point;
  const isSingle = singleUnit !== undefined;
  if (kind === undefined)
    return isSingle ? [lengthChannel(name, xyz[0], length)] : markerChannels(name, xyz, length);
  if (!isSingle) missTogether(...xyz);
  return channelNames(point).map((channel, i) => {
    const values = xyz[i]!;
    if (kind.list !== 'ANGLES') return { name: channel, unit: kind.unit || (singleUnit ?? ''), values };
    if (!isRadians(kind.unit)) return { name: channel, unit: 'deg', values };
    scaleBy(DEGREES_PER_RADIAN, values);
    return { name: channel, unit: 'deg', values, source: { unit: 'rad', scale: DEGREES_PER_RADIAN } };
  });
}
