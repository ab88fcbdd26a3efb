import type { ChannelEntry } from '../contract/channels.ts';
import type { Dictionary, JointCoordinate } from '../motion/joints.ts';
import { unitOf } from '../motion/read/units.ts';

/** What the dictionary says, as it goes over the wire: a coordinate is three series, its value and two derivatives. */
export function entriesOf(
  coordinate: JointCoordinate,
  name: string,
  own: ReadonlySet<string>,
): [ChannelEntry, ChannelEntry, ChannelEntry] {
  const { joint, side, axis, kind, unit, positive, negative, zeroPose, offset, range, source } = coordinate;
  const value: ChannelEntry = {
    Channel: name,
    Joint: joint,
    Side: side,
    Axis: axis,
    Kind: kind,
    Unit: unit,
    Positive: positive,
    Negative: negative,
    ZeroPose: zeroPose,
    Offset: offset,
    Min: range?.[0] ?? null,
    Max: range?.[1] ?? null,
    DerivativeOf: null,
    Source: source,
    DefinedBy: own.has(coordinate.coordinate) ? 'organization' : 'kinebase',
  };
  return [value, ...derivativesOf(value)];
}

/** The series of a recording, by their names; one that the dictionary does not know says so. */
export function entriesOfSeries(
  names: readonly string[],
  dictionary: Dictionary,
  own: ReadonlySet<string>,
): ChannelEntry[] {
  const all = new Set(names);
  return names.map((name) => {
    const base = /^(.*)_(?:vel|acc)$/s.exec(name)?.[1];
    const value = base !== undefined && all.has(base) ? base : name;
    const coordinate = dictionary.find(value) ?? undescribed(value);
    return entriesOf(coordinate, value, own).find(({ Channel }) => Channel === name)!;
  });
}

function derivativesOf(value: ChannelEntry): [ChannelEntry, ChannelEntry] {
  const { Channel, Unit } = value;
  const perSecond = {
    ...value,
    Channel: `${Channel}_vel`,
    Unit: Unit === '' ? '' : `${Unit}/s`,
    ZeroPose: 'at rest',
    Offset: 0,
    Min: null,
    Max: null,
    DerivativeOf: Channel,
    Source: `computed from ${Channel}`,
  };
  const perSecondSquared = {
    ...perSecond,
    Channel: `${Channel}_acc`,
    Unit: Unit === '' ? '' : `${Unit}/s²`,
    ZeroPose: 'at rest or at constant speed',
    DerivativeOf: perSecond.Channel,
  };
  return [perSecond, perSecondSquared];
}

const NOT_DESCRIBED = 'not described';

function undescribed(name: string): JointCoordinate {
  const unit = unitOf(name);
  return {
    coordinate: name,
    joint: '',
    side: null,
    axis: NOT_DESCRIBED,
    kind: unit === 'm' ? 'translation' : 'rotation',
    unit,
    positive: NOT_DESCRIBED,
    negative: NOT_DESCRIBED,
    zeroPose: NOT_DESCRIBED,
    offset: 0,
    range: null,
    source: 'no entry describes this name; POST /channels adds one',
  };
}
