/** Channels → the points of a C3D file: triples of coordinates put together, everything else a point with its value in x. */
import type { Channel, Unit } from '../recording.ts';

export interface C3dPoint {
  readonly label: string;
  /** Which list of POINT it stands in; markers stand in none. */
  readonly kind: 'marker' | 'angle' | 'scalar';
  /** Of the channel or channels it was made from. */
  readonly unit: Unit;
  /** Made from one channel, the value of which is x. */
  readonly single: boolean;
  readonly x: Float64Array;
  /** Null: 0 throughout. */
  readonly y: Float64Array | null;
  readonly z: Float64Array | null;
  /** What values are multiplied by: markers are stored in millimetres. */
  readonly scale: number;
}

const MILLIMETRES_PER_METRE = 1000;

/** In the order of the channels, a triple at the place of its first. */
export function pointsOf(channels: readonly Channel[]): C3dPoint[] {
  const byName = new Map(channels.map((channel) => [channel.name, channel]));
  const labels = new Set(byName.keys());
  const used = new Set<Channel>();
  const points: C3dPoint[] = [];
  for (const channel of channels) {
    if (used.has(channel)) continue;
    const triple = tripleFrom(channel, byName);
    // A label stands once: a triple of the name of another point stays three points.
    if (triple !== null && !labels.has(triple.label)) {
      labels.add(triple.label);
      for (const each of triple.channels) used.add(each);
      const [x, y, z] = triple.channels.map(({ values }) => values) as [
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      points.push({ ...about(channel), label: triple.label, single: false, x, y, z });
    } else {
      points.push({
        ...about(channel),
        label: channel.name,
        single: true,
        x: channel.values,
        y: null,
        z: null,
      });
    }
  }
  return points;
}

function about({ unit }: Channel): Pick<C3dPoint, 'kind' | 'unit' | 'scale'> {
  if (unit === 'm') return { kind: 'marker', unit, scale: MILLIMETRES_PER_METRE };
  return { kind: unit === 'deg' ? 'angle' : 'scalar', unit, scale: 1 };
}

interface Triple {
  readonly label: string;
  readonly channels: readonly [Channel, Channel, Channel];
}

/** The triple whose first coordinate this channel is; null when it has no companions of the same unit and the same gaps. */
function tripleFrom(first: Channel, byName: ReadonlyMap<string, Channel>): Triple | null {
  const suffix = first.unit === 'm' ? '_t' : first.unit === 'deg' ? '_' : null;
  if (suffix === null || !first.name.endsWith(`${suffix}x`)) return null;
  const label = first.name.slice(0, -suffix.length - 1);
  const second = byName.get(`${label}${suffix}y`);
  const third = byName.get(`${label}${suffix}z`);
  if (label === '' || second === undefined || third === undefined) return null;
  const alike = [second, third].every((other) => other.unit === first.unit && sameGaps(first, other));
  return alike ? { label, channels: [first, second, third] } : null;
}

/** A point is missing as a whole. */
const sameGaps = (one: Channel, other: Channel): boolean =>
  one.values.every((value, i) => Number.isNaN(value) === Number.isNaN(other.values[i]!));
