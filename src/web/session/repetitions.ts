import { MIN_DISTANCE_S } from '../../motion/report/reps.ts';
import type { RepetitionInput } from '../../sdk/index.ts';

/** A repetition while it is edited. Its peak is the server's to find where it does not lie inside any more. */
export type Draft = Readonly<RepetitionInput>;

export type Edge = 'Start' | 'End';

/** In what repetitions lie. */
export interface Recording {
  duration_s: number;
  frame_s: number;
}

/** Less than this apart is the same instant: reports give times as quotients of frames. */
const SAME_S = 1e-6;

const same = (a: number, b: number) => Math.abs(a - b) < SAME_S;

const onFrame = (time_s: number, { duration_s, frame_s }: Recording): number =>
  Math.min(duration_s, Math.max(0, Math.round(time_s / frame_s) * frame_s));

/** In whole frames: as far as repetitions that are found stand apart, which is the shortest that somebody would mean. */
const shortest = ({ frame_s }: Recording): number =>
  Math.max(1, Math.ceil(MIN_DISTANCE_S / frame_s - SAME_S)) * frame_s;

const between = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

const withPeak = ({ Start, End }: Draft, peak: number | undefined): Draft =>
  peak === undefined || peak < Start || peak > End ? { Start, End } : { Start, Peak: peak, End };

const replaced = (list: readonly Draft[], index: number, next: Draft): Draft[] =>
  list.map((each, i) => (i === index ? next : each));

/** Whether the edge is also the neighbour's: such repetitions follow each other without a pause. */
export function sharedWith(list: readonly Draft[], index: number, edge: Edge): number | null {
  const other = edge === 'Start' ? index - 1 : index + 1;
  const neighbour = list[other];
  if (neighbour === undefined) return null;
  return same(list[index]![edge], edge === 'Start' ? neighbour.End : neighbour.Start) ? other : null;
}

/**
 * How far an edge may go: each repetition stays as long as the shortest, or as long as it is where it is shorter already.
 * `alone`: a shared edge does not take the neighbour's with it.
 */
export function edgeLimits(
  list: readonly Draft[],
  index: number,
  edge: Edge,
  recording: Recording,
  alone = false,
): [number, number] {
  const least_s = shortest(recording);
  const { Start, End } = list[index]!;
  const shared = alone ? null : sharedWith(list, index, edge);
  if (edge === 'Start') {
    const before = list[index - 1];
    const low = shared !== null ? Math.min(Start, list[shared]!.Start + least_s) : (before?.End ?? 0);
    return [low, Math.max(Start, End - least_s)];
  }
  const after = list[index + 1];
  const high =
    shared !== null ? Math.max(End, list[shared]!.End - least_s) : (after?.Start ?? recording.duration_s);
  return [Math.min(End, Start + least_s), high];
}

/** Whether a time that is typed for an edge, moved alone, can be it: half a frame beside what is allowed still rounds to it. */
export function mayStand(
  list: readonly Draft[],
  index: number,
  edge: Edge,
  time_s: number,
  recording: Recording,
): boolean {
  const [low, high] = edgeLimits(list, index, edge, recording, true);
  const slack = recording.frame_s / 2;
  return time_s >= low - slack && time_s <= high + slack;
}

/** An edge put elsewhere, on a frame; a shared one stays shared. */
export function moveEdge(
  list: readonly Draft[],
  index: number,
  edge: Edge,
  time_s: number,
  recording: Recording,
  alone = false,
): Draft[] {
  const [low, high] = edgeLimits(list, index, edge, recording, alone);
  const at = between(onFrame(time_s, recording), low, high);
  const own = list[index]!;
  const moved = replaced(list, index, withPeak({ ...own, [edge]: at }, own.Peak));
  const shared = alone ? null : sharedWith(list, index, edge);
  if (shared === null) return moved;
  const neighbour = list[shared]!;
  const opposite = edge === 'Start' ? 'End' : 'Start';
  return replaced(moved, shared, withPeak({ ...neighbour, [opposite]: at }, neighbour.Peak));
}

/** A repetition moved as a whole, between its neighbours. */
export function moveWhole(
  list: readonly Draft[],
  index: number,
  by_s: number,
  recording: Recording,
): Draft[] {
  const own = list[index]!;
  const length = own.End - own.Start;
  const low = list[index - 1]?.End ?? 0;
  const high = (list[index + 1]?.Start ?? recording.duration_s) - length;
  const Start = between(onFrame(own.Start + by_s, recording), low, Math.max(low, high));
  return replaced(list, index, withPeak({ Start, End: Start + length }, own.Peak));
}

/** How much a new repetition takes when there is room. */
const USUAL_S = 1;

/** A new one around an instant, where there is room; null: there is none, it lies in another. As long as the median one. */
export function addAt(
  list: readonly Draft[],
  time_s: number,
  recording: Recording,
): { list: Draft[]; index: number } | null {
  const { duration_s, frame_s } = recording;
  const next = list.findIndex(({ Start }) => Start >= time_s - SAME_S);
  const index = next < 0 ? list.length : next;
  const low = list[index - 1]?.End ?? 0;
  const high = list[index]?.Start ?? duration_s;
  if (high - low < Math.max(2 * frame_s, shortest(recording)) - SAME_S || low > time_s + SAME_S) return null;
  const lengths = list.map(({ Start, End }) => End - Start).sort((a, b) => a - b);
  const length = Math.min(lengths[lengths.length >> 1] ?? USUAL_S, high - low);
  const Start = between(onFrame(time_s - length / 2, recording), low, high - length);
  const End = between(onFrame(Start + length, recording), Start + frame_s, high);
  return { list: [...list.slice(0, index), { Start, End }, ...list.slice(index)], index };
}

export const remove = (list: readonly Draft[], index: number): Draft[] => list.filter((_, i) => i !== index);

/** What is sent: times and nothing else, so that what comes back can be compared. */
export const draftOf = (
  repetitions: readonly { Start: number; Peak?: number; End: number }[],
): readonly Draft[] => repetitions.map((each) => withPeak(each, each.Peak));

export const equal = (a: readonly Draft[], b: readonly Draft[]): boolean =>
  a.length === b.length &&
  a.every(({ Start, Peak, End }, i) => {
    const other = b[i]!;
    return same(Start, other.Start) && same(End, other.End) && same(Peak ?? -1, other.Peak ?? -1);
  });
