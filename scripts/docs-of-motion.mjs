// The pages that write-docs.mjs makes of what motion knows: the channel dictionary and the exercise library.
import { exerciseLibrary } from '../dist/motion/exercises/index.js';
import { JOINT_COORDINATES } from '../dist/motion/joints.js';

export function channels() {
  const lines = [
    '# Channels',
    '',
    '_Written by `node scripts/write-docs.mjs` from `src/motion/joints`._',
    '',
    'What the names of joint angles mean. `GET /channels` answers the same, each with its velocity (`<name>_vel`, deg/s) and acceleration (`<name>_acc`, deg/s²). Names of recordings are never changed: a name that is not listed is served and stored as it is, and `POST /channels` describes it, or describes a listed one anew, for your organization. The recordings that are computed from then on are read by it.',
    '',
    'A name is also found inside a path (`/jointset/walker_knee_r/knee_angle_r/value`) and behind a subject (`A22:LHipAngles_x`); the exact name goes first. Where a channel is recorded in another unit than the dictionary says, nothing is converted and the report notes it.',
    '',
    'Signs are those of the models. Left coordinates are mirrored there, so a sign means the same motion on both sides. Plausible values are wide on purpose: outside them a report notes a fault. The offset is the value in the zero pose, for information: nothing is subtracted from a recording. To be found by the general metrics and the choice of repetitions, an entry of your own uses the words for joint and motion that stand here.',
    '',
    '`knee_angle_r` and `knee_angle_l` have two conventions, and no file says which. Each report looks at how far the knees go up and down (2nd to 98th percentile over all knees, those that jump by a turn left out while there are others; the extremes where that is hardly a bend) and says what it found. An exercise with `KneeFlexion` `positive` is turned for a recording that counts flexion down: the sign of its knee metrics, and its polarity where a knee is its primary channel.',
    '',
    '`_r` stands for both `_r` and `_l`, `R` for both `R` and `L`.',
    '',
  ];
  for (const joint of new Set(JOINT_COORDINATES.map((entry) => entry.joint))) {
    lines.push(`## ${joint[0].toUpperCase()}${joint.slice(1)}`, '');
    lines.push(
      '| channel | side | a growing value | a falling value | axis | zero pose | offset | plausible | known from |',
    );
    lines.push('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
    for (const entry of JOINT_COORDINATES.filter((each) => each.joint === joint && !isMirrored(each))) {
      const { coordinate, positive, negative, axis, zeroPose, offset, unit, range, source } = entry;
      const reach = range === null ? 'any' : `${signed(range[0])} to ${signed(range[1])}`;
      lines.push(
        row([
          `\`${coordinate}\``,
          sideOf(entry),
          positive,
          negative,
          axis,
          zeroPose,
          unit === 'deg' ? `${offset}°` : `${offset} m`,
          reach,
          source,
        ]),
      );
    }
    lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** A left coordinate that differs from its right one by nothing but the side. */
function isMirrored({ coordinate, side }) {
  const right = [coordinate.replace(/_l(?=$|_)/, '_r'), coordinate.replace(/^L/, 'R')].find(
    (name) => name !== coordinate,
  );
  return side === 'L' && JOINT_COORDINATES.some((each) => each.coordinate === right);
}

function sideOf({ coordinate, side }) {
  if (side === null) return 'middle';
  const left = [coordinate.replace(/_r(?=$|_)/, '_l'), coordinate.replace(/^R/, 'L')].find(
    (name) => name !== coordinate,
  );
  return JOINT_COORDINATES.some((each) => each.coordinate === left && each.side === 'L') ? 'both' : 'right';
}

export function exercises() {
  const lines = [
    '# Exercises',
    '',
    '_Written by `node scripts/write-docs.mjs` from `src/motion/exercises`._',
    '',
    `Every new organization starts with these ${exerciseLibrary.length} definitions and with "General movement", which takes repetitions and metrics from the recording. They are data of the organization: \`PATCH /exercises/{id}\` changes the next report of that organization, and nobody else's. A metric that is sent back without the source of its range keeps it as long as the range is the same.`,
    '',
    'Repetitions are the peaks of polarity × primary channel. A metric reads sign × channel; with a range it is scored from 0 to 1. Sides: L, R, and for the trunk F (forward) and B (backward). All are written for models that count knee flexion up, and are turned for recordings that count it down ([channels](channels.md)).',
    '',
    'Sources of ranges: "display range that public client code shows" are the published tests; AAOS (American Academy of Orthopaedic Surgeons), Boone (Boone and Azen, J Bone Joint Surg 61-A, 1979), CDC (Soucie et al., Haemophilia 17, 2011) and Merck (Merck Manual) are tables of normal motion; "commonly charted" values are repeated by many charts without a citation; "not checked" were not read at their source; "own convention" is ours. They are starting values, not diagnoses.',
    '',
  ];
  for (const category of new Set(exerciseLibrary.map((exercise) => exercise.category))) {
    lines.push(
      `## ${category}`,
      '',
      '| exercise | primary channel | polarity | metrics |',
      '| --- | --- | --- | --- |',
    );
    for (const exercise of exerciseLibrary.filter((each) => each.category === category)) {
      const { name, primaryChannel, polarity, metrics } = exercise;
      const channel = primaryChannel === null ? 'from the recording' : `\`${primaryChannel}\``;
      const shown = metrics === null ? 'from the recording' : grouped(metrics).join('<br>');
      lines.push(row([name, channel, primaryChannel === null ? '' : signed(polarity), shown]));
    }
    lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** One line per label and range: sides together. */
function grouped(metrics) {
  const lines = new Map();
  for (const { label, side, min, max, source } of metrics) {
    const range = min === null ? '' : `: ${signed(min)} to ${signed(max)} (${source})`;
    const key = `${label}|${range}`;
    lines.set(key, { label, range, sides: [...(lines.get(key)?.sides ?? []), side] });
  }
  return [...lines.values()].map(({ label, range, sides }) => `${label} ${sides.join(', ')}${range}`);
}

const signed = (value) => String(value).replace('-', '−');
const row = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
