import type { ChannelEntry } from '../../sdk/index.ts';
import { unitSign } from '../ui/numbers.ts';
import type { Quantity } from './search.ts';

/** One curve of a panel. */
export interface PanelCurve {
  side: 'L' | 'R' | null;
  /** Series names of its three quantities; a derivative that the recording lacks is null. */
  series: Record<Quantity, string | null>;
}

/** What is drawn in one chart: one motion, of both sides where there are two. */
export interface Panel {
  id: string;
  joint: string;
  /** The motion that a growing value is, and the one that a falling value is; null where nothing describes it. */
  motion: { positive: string; negative: string } | null;
  axis: string;
  /** Of the value: deg, m, or '' where the recording states none. */
  unit: string;
  curves: PanelCurve[];
}

/** Series of a session by joint, in the order in which the recording has them; '' collects what no entry describes. */
export function panelsOf(entries: readonly ChannelEntry[]): Map<string, Panel[]> {
  const derivative = new Map(entries.map((entry) => [entry.DerivativeOf, entry.Channel]));
  const joints = new Map<string, Panel[]>();
  for (const entry of entries) {
    if (entry.DerivativeOf !== null) continue;
    const panels = joints.get(entry.Joint) ?? [];
    joints.set(entry.Joint, panels);
    const velocity = derivative.get(entry.Channel) ?? null;
    const curve: PanelCurve = {
      side: entry.Side,
      series: {
        angle: entry.Channel,
        velocity,
        acceleration: (velocity !== null && derivative.get(velocity)) || null,
      },
    };
    const mate = panels.find((panel) => isOtherSide(panel, entry));
    if (mate === undefined) panels.push(panelOf(entry, curve));
    else mate.curves.push(curve);
  }
  for (const panels of joints.values())
    for (const { curves } of panels) curves.sort((a, b) => (a.side ?? '').localeCompare(b.side ?? ''));
  return joints;
}

const UNKNOWN: ReadonlySet<string> = new Set(['', 'not described', 'not checked', 'not stated']);

const panelOf = (
  { Channel, Joint, Axis, Unit, Positive, Negative }: ChannelEntry,
  curve: PanelCurve,
): Panel => ({
  id: Channel,
  joint: Joint,
  motion: UNKNOWN.has(Positive) ? null : { positive: Positive, negative: Negative },
  axis: UNKNOWN.has(Axis) ? '' : Axis,
  unit: Unit,
  curves: [curve],
});

/** The same motion of the other side. */
const isOtherSide = (panel: Panel, entry: ChannelEntry): boolean =>
  entry.Side !== null &&
  panel.curves.length === 1 &&
  panel.curves[0]!.side !== null &&
  panel.curves[0]!.side !== entry.Side &&
  panel.axis === entry.Axis &&
  panel.unit === entry.Unit &&
  panel.motion?.positive === entry.Positive;

/** Joints that are shown when the address names none: that of the channel by which repetitions were found. */
export function firstJoint(joints: ReadonlyMap<string, readonly Panel[]>, primary: string | null): string[] {
  for (const [joint, panels] of joints)
    if (panels.some(({ curves }) => curves.some(({ series }) => series.angle === primary))) return [joint];
  const [first] = joints.keys();
  return first === undefined ? [] : [first];
}

/** Charts of each joint that are shown at first: a recording may have hundreds that nothing describes. */
export const FEW = 6;

/** The first so many charts of a joint; that of the channel by which repetitions were found is among them in any case. */
export function firstPanels(
  panels: readonly Panel[],
  most: number,
  primary: string | null,
): readonly Panel[] {
  const isPrimary = ({ curves }: Panel) => curves.some(({ series }) => series.angle === primary);
  const behind = panels.findIndex(isPrimary) >= FEW;
  const sorted = behind
    ? [...panels.filter(isPrimary), ...panels.filter((each) => !isPrimary(each))]
    : panels;
  return sorted.slice(0, most);
}

/** Names in an address stand between commas. */
export const readJoints = (text: string | undefined): string[] | null =>
  text === undefined
    ? null
    : text.split(',').map((name) => name.replaceAll('%2C', ',').replaceAll('%25', '%'));

export const writeJoints = (joints: readonly string[]): string =>
  joints.map((name) => name.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',');

export const unitOf = (unit: string, quantity: Quantity): string =>
  unitSign(unit === '' || quantity === 'angle' ? unit : `${unit}${quantity === 'velocity' ? '/s' : '/s²'}`);
