// The pages that write-docs.mjs makes of what motion knows: the channel dictionary, the metrics and the exercise library.

export function channels({ JOINT_COORDINATES }) {
  const { isMirrored, sideOf } = sidesIn(JOINT_COORDINATES);
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

function sidesIn(coordinates) {
  const other = (name, from, to, FROM, TO) =>
    [name.replace(new RegExp(`_${from}(?=$|_)`), `_${to}`), name.replace(new RegExp(`^${FROM}`), TO)].find(
      (each) => each !== name,
    );
  const has = (name, side) => coordinates.some((each) => each.coordinate === name && each.side === side);
  return {
    /** A left coordinate that differs from its right one by nothing but the side. */
    isMirrored: ({ coordinate, side }) => side === 'L' && has(other(coordinate, 'l', 'r', 'L', 'R'), 'R'),
    sideOf({ coordinate, side }) {
      if (side === null) return 'middle';
      return has(other(coordinate, 'r', 'l', 'R', 'L'), 'L') ? 'both' : 'right';
    },
  };
}

/** Side letter → what it stands for. */
const SIDES = { L: 'left', R: 'right', F: 'forward', B: 'backward' };

export function metrics({ exerciseLibrary, JOINT_COORDINATES }) {
  const known = new Map(JOINT_COORDINATES.map((entry) => [entry.coordinate, entry]));
  const byLabel = new Map();
  for (const exercise of exerciseLibrary)
    for (const metric of exercise.metrics ?? [])
      byLabel.set(metric.label, [...(byLabel.get(metric.label) ?? []), { exercise, metric }]);
  const lines = [
    '# Metrics',
    '',
    '_Written by `node scripts/write-docs.mjs` from `src/motion/exercises` and `src/motion/joints`._',
    '',
    'Every metric that a report of the exercise library holds: what it reads, which motion makes it grow, and where it is scored. A metric is sign × [channel](channels.md), so that its useful direction is positive; `FullMax`, `AvgMax`, `Avg` and `Score` of it are defined in [reports](reports.md#statistics). Sides: L left, R right, F forward, B backward. Definitions of your own take any channel and any label ([exercises](exercises.md)).',
    '',
    'The angle is in degrees and follows the sign of the metric. `Vel` of the same metric is the absolute velocity in deg/s, `Acc` and `Dec` are deg/s² along the motion.',
    '',
  ];
  for (const label of [...byLabel.keys()].sort((a, b) => a.localeCompare(b, 'en'))) {
    const uses = byLabel.get(label);
    const readings = new Map(
      uses.map(({ metric }) => [`${metric.side} ${metric.sign} ${metric.channel}`, metric]),
    );
    lines.push(`## ${label}`, '');
    lines.push('| side | reads | grows with | axis | zero pose |', '| --- | --- | --- | --- | --- |');
    for (const metric of [...readings.values()].sort(
      (a, b) => 'LRFB'.indexOf(a.side) - 'LRFB'.indexOf(b.side),
    )) {
      const entry = known.get(metric.channel);
      const motion =
        metric.reads === 'range'
          ? `${entry.positive} and ${entry.negative}: largest minus smallest angle of a repetition`
          : metric.sign === 1
            ? entry.positive
            : entry.negative;
      lines.push(
        row([
          `${metric.side}, ${SIDES[metric.side]}`,
          `${metric.sign === 1 ? '' : '−'}[\`${metric.channel}\`](channels.md#${anchorOf(entry, JOINT_COORDINATES)})`,
          `${entry.joint}: ${motion}`,
          entry.axis,
          `${entry.zeroPose}: ${entry.offset}°`,
        ]),
      );
    }
    const ranges = new Map();
    for (const { exercise, metric } of uses.filter(({ metric }) => metric.min !== null)) {
      const range = `${signed(metric.min)}° to ${signed(metric.max)}° (${metric.source})`;
      ranges.set(range, [...new Set([...(ranges.get(range) ?? []), exercise.name])]);
    }
    lines.push('');
    for (const [range, names] of ranges) lines.push(`- Scored ${range}: ${names.join(', ')}.`);
    const plain = new Set(
      uses.filter(({ metric }) => metric.min === null).map(({ exercise }) => exercise.name),
    );
    if (plain.size > 0)
      lines.push(`- Without a score in ${plain.size} ${plain.size === 1 ? 'exercise' : 'exercises'}.`);
    lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The row of docs/channels.md that describes it: a left one is described with its right one. */
const anchorOf = ({ coordinate, side }, coordinates) => {
  if (side !== 'L') return coordinate;
  const right = coordinate.replace(/_l(?=$|_)/, '_r').replace(/^L/, 'R');
  return coordinates.some((each) => each.coordinate === right) ? right : coordinate;
};

export function exercises({ exerciseLibrary }) {
  const lines = [
    '# Exercises',
    '',
    '_Written by `node scripts/write-docs.mjs` from `src/motion/exercises`._',
    '',
    `Every new organization starts with these ${exerciseLibrary.length} definitions and with "General movement", which takes repetitions and metrics from the recording. They are data of the organization: \`PATCH /exercises/{id}\` changes the next report of that organization, and nobody else's. A metric that is sent back without the source of its range keeps it as long as the range is the same.`,
    '',
    'Repetitions are the peaks of polarity × primary channel. A metric reads sign × channel; with a range it is scored from 0 to 1. Sides: L, R, and for the trunk F (forward) and B (backward). All are written for models that count knee flexion up, and are turned for recordings that count it down ([channels](channels.md)). Each metric is defined in [metrics](metrics.md).',
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
