/**
 * Points in space → channels. A marker P becomes P_tx, P_ty, P_tz in metres, as OpenSim spells the columns of a point in
 * its storage files, whatever unit the file has.
 */
import type { Channel } from '../recording.ts';
import { scaleBy } from './units.ts';

/** Metres per unit of length. */
const METRES: Readonly<Record<string, number>> = {
  m: 1,
  dm: 0.1,
  cm: 0.01,
  mm: 0.001,
  um: 1e-6,
  µm: 1e-6,
  in: 0.0254,
  inch: 0.0254,
  inches: 0.0254,
  ft: 0.3048,
};

export interface LengthUnit {
  /** As the file spells it; mm where it does not say. */
  readonly unit: string;
  readonly scale: number;
  /** Where the file states no length that is known. */
  readonly note: string | undefined;
}

export function lengthUnit(stated: string): LengthUnit {
  const unit = stated.trim();
  const known = unit
    .toLowerCase()
    .replace(/^(milli|centi)?met(?:er|re)s?$/, (_, prefix = '') => `${prefix.slice(0, 1)}m`);
  if (Object.hasOwn(METRES, known)) return { unit: known, scale: METRES[known]!, note: undefined };
  const said =
    unit === '' ? 'no unit of length is stated' : `unit of length ${JSON.stringify(unit)} is not known`;
  return { unit: 'mm', scale: METRES.mm!, note: `${said}: millimetres assumed` };
}

/** Makes a point of which one coordinate is missing missing in all three. In place. */
export function missTogether(x: Float64Array, y: Float64Array, z: Float64Array): void {
  for (let i = 0; i < x.length; i += 1) {
    if (Number.isFinite(x[i]) && Number.isFinite(y[i]) && Number.isFinite(z[i])) continue;
    x[i] = y[i] = z[i] = Number.NaN;
  }
}

/** `values`: in the file's unit; they become metres in place. */
export function lengthChannel(name: string, values: Float64Array, { unit, scale }: LengthUnit): Channel {
  if (scale === 1) return { name, unit: 'm', values };
  scaleBy(scale, values);
  return { name, unit: 'm', values, source: { unit, scale } };
}

/** `xyz`: in the file's unit; they become metres in place. */
export function markerChannels(
  name: string,
  xyz: readonly [Float64Array, Float64Array, Float64Array],
  unit: LengthUnit,
): Channel[] {
  missTogether(...xyz);
  return xyz.map((values, axis) => lengthChannel(`${name}_t${'xyz'[axis]}`, values, unit));
}
