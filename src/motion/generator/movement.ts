/** An invented recording of an exercise: smooth repetitions between two quiet stretches, the same bytes for the same seed. */

import type { ExerciseDefinition } from '../exercise.ts';
import type { Channel, Recording } from '../recording.ts';
import { type AthleteTraits, type Body, bodyOf } from './athlete.ts';
import { choosePattern, workingSide } from './choose.ts';
import type { Support } from './patterns/pattern.ts';
import { pelvisPath } from './pelvis.ts';
import { coreCoordinates, limbCoordinates } from './pose.ts';
import { preparePoses } from './prepare.ts';
import { createRandom, mixSeed, type Random } from './random.ts';
import { type Clean, fittingRepetitions, repeatPoses } from './repetitions.ts';
import { degreeSensor, measure, metreSensor, roundTo } from './sensor.ts';
import { repeatStrides } from './strides.ts';

export interface MovementOptions {
  /** Any number; decides everything that differs between two recordings of the same athlete and exercise. */
  readonly seed: number;
  /** Repetitions (strides in gait); absent: what suits the movement, for 6 to 20 s in all. */
  readonly repetitions?: number;
  /** Sampling rate in Hz; absent: 60. */
  readonly rate_hz?: 60 | 100;
  /** Absent: an athlete of the seed's own. */
  readonly athlete?: AthleteTraits;
}

/**
 * A recording of `exercise`, with OpenCap column names in degrees and the pelvis position in metres.
 *
 * @example
 * const recording = generateMovement(findExercise('Hip Hinge Test')!, { seed: 7, repetitions: 5 });
 */
export function generateMovement(exercise: ExerciseDefinition, options: MovementOptions): Recording {
  const { seed, rate_hz = 60, athlete = { body: mixSeed(seed, 'athlete') } } = options;
  const random = createRandom(mixSeed(seed, exercise.name));
  const body = bodyOf(athlete);
  const pattern = choosePattern(exercise);
  const side = workingSide(exercise);

  if (pattern.kind === 'cycle') {
    const strides = options.repetitions ?? pattern.repetitions;
    const walked = repeatStrides(pattern, exercise, strides, side, rate_hz, body, random);
    return record(walked, 'feet', exercise, rate_hz, body, random);
  }
  const repetitions = options.repetitions ?? fittingRepetitions(pattern, body);
  const poses = preparePoses(pattern, exercise, side, body);
  const moved = repeatPoses(pattern, poses, repetitions, rate_hz, body, random);
  return record(moved, pattern.support, exercise, rate_hz, body, random);
}

/** Order of the columns as OpenCap writes them, then what other systems add. */
function record(
  { samples, curves }: Clean,
  support: Support,
  exercise: ExerciseDefinition,
  rate_hz: number,
  body: Body,
  random: Random,
): Recording {
  const pelvis = pelvisPath(curves, support, body.thigh_m);
  const channels: Channel[] = [];
  const add = (name: string, unit: Channel['unit'], clean: Float64Array) => {
    const values = Float64Array.from(clean);
    measure(values, unit === 'deg' ? degreeSensor(random) : metreSensor, rate_hz, random);
    roundTo(values, unit === 'deg' ? 4 : 5);
    channels.push({ name, unit, values });
  };
  const addAngle = (name: string) => add(name, 'deg', curves.get(name)!);

  for (const name of coreCoordinates.slice(0, 3)) addAngle(name);
  add('pelvis_tx', 'm', pelvis.tx);
  add('pelvis_ty', 'm', pelvis.ty);
  add('pelvis_tz', 'm', pelvis.tz);
  for (const suffix of ['_r', '_l']) for (const name of limbCoordinates.slice(0, 7)) addAngle(name + suffix);
  for (const name of coreCoordinates.slice(3)) addAngle(name);
  for (const suffix of ['_r', '_l']) for (const name of limbCoordinates.slice(7)) addAngle(name + suffix);
  add('waist_rotation', 'deg', curves.get('pelvis_rotation')!);
  if (exercise.metrics?.some(({ channel }) => channel.startsWith('shin_angle'))) {
    // The foot is flat in the tests that ask for the shin, so it leans as far as the ankle bends.
    for (const suffix of ['_r', '_l']) add(`shin_angle${suffix}`, 'deg', curves.get(`ankle_angle${suffix}`)!);
  }
  const known = new Set(channels.map(({ name }) => name));
  for (const name of curves.keys())
    if (!known.has(name) && name !== 'lift' && name !== 'progress') addAngle(name);

  const time = Float64Array.from({ length: samples }, (_, i) => i / rate_hz);
  return {
    time,
    channels,
    format: 'mot',
    inDegrees: true,
    unitSource: 'inDegrees',
    assumedRate_hz: null,
    header: {},
    notes: [],
  };
}
