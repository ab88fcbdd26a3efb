/** The poses of a pattern as this athlete shows them in this exercise: aimed at the metrics, scaled by the body. */

import type { ExerciseDefinition, MetricDefinition } from '../exercise.ts';
import { aimAt } from './aim.ts';
import type { Body } from './athlete.ts';
import type { PosePattern } from './patterns/pattern.ts';
import {
  type Angles,
  isCoordinate,
  posed,
  standingAngles,
  type WorkingSide,
  withNamedChannels,
} from './pose.ts';

/** The primary channel travels at least this far, so that repetitions stand out of any noise: degrees. */
const leastExcursion_deg = 18;

/** Rest first, then one entry per move. */
export function preparePoses(
  pattern: PosePattern,
  exercise: ExerciseDefinition,
  side: WorkingSide,
  body: Body,
): Angles[] {
  const rest = posed(withNamedChannels(standingAngles(side), exercise), pattern.rest, side);
  const poses = [rest, ...pattern.moves.map((move) => posed(rest, move.to, side))];
  for (const channel of Object.keys(rest)) if (channel !== 'lift') scaleExcursion(poses, channel, body);
  for (const metric of exercise.metrics ?? [])
    if (metric.reads === 'angle') aimPoses(poses, steering(metric, exercise), body);
  limitByInjury(poses, body);
  ensureExcursion(poses, exercise);
  return poses;
}

/** With the foot flat the shin leans as the ankle bends, so its metric steers the ankle unless another one does. */
function steering(metric: MetricDefinition, exercise: ExerciseDefinition): MetricDefinition {
  if (!metric.channel.startsWith('shin_angle')) return metric;
  const ankle = metric.channel.replace('shin', 'ankle');
  if (exercise.metrics?.some(({ channel }) => channel === ankle)) return { ...metric, min: null, max: null };
  return { ...metric, channel: ankle };
}

function scaleExcursion(poses: Angles[], channel: string, body: Body): void {
  const start = poses[0]![channel]!;
  const scale = 1 + 0.035 * body.deviation(channel);
  for (const pose of poses) pose[channel] = start + (pose[channel]! - start) * scale + body.posture(channel);
}

/** Moves the pose where the metric is largest to its target; no other pose may lie beyond. */
function aimPoses(poses: Angles[], metric: MetricDefinition, body: Body): void {
  const { channel, sign } = metric;
  if (!isCoordinate(channel)) poses[1]![channel] = 30 * sign;
  const values = poses.map((pose) => sign * pose[channel]!);
  const largest = Math.max(...values);
  // Unscored metrics keep what the pattern shows, a shin metric beside an ankle metric included.
  if (metric.min === null) return;
  const target = aimAt(metric, largest, body);
  for (const [index, pose] of poses.entries()) {
    if (values[index] === largest || values[index]! > target) pose[channel] = sign * target;
  }
}

function limitByInjury(poses: Angles[], body: Body): void {
  const rest = poses[0]!;
  for (const channel of Object.keys(rest)) {
    const freedom = body.freedom(channel);
    if (freedom === 1) continue;
    for (const pose of poses) pose[channel] = rest[channel]! + (pose[channel]! - rest[channel]!) * freedom;
  }
}

function ensureExcursion(poses: Angles[], exercise: ExerciseDefinition): void {
  const { primaryChannel: channel, polarity } = exercise;
  if (channel === null || poses[0]![channel] === undefined) return;
  const signal = poses.map((pose) => polarity * pose[channel]!);
  const peak = signal.indexOf(Math.max(...signal));
  const missing = leastExcursion_deg - (signal[peak]! - Math.min(...signal));
  if (missing > 0) poses[peak]![channel] = polarity * (signal[peak]! + missing);
}
