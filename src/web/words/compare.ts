import { counted } from '../../motion/counted.ts';

/** Every text of comparing. */

export const compareWords = {
  title: 'Compare',
  nothing: 'Nothing to compare yet',
  invitation:
    'Choose the sessions whose repetitions are laid over each other: of one athlete at different times, of both sides, or of several athletes.',
  sessions: 'Compared sessions',
  remove: (name: string) => `Remove ${name}`,
  open: 'Open the session',
  metric: 'Metric',
  side: 'Side',
  sides: { L: 'Left', R: 'Right', F: 'Forward', B: 'Backward', both: 'All sides' },
  quantity: 'Quantity',
  quantities: { angle: 'Angle', velocity: 'Velocity' },
  band: 'Behind the curves',
  bands: { range: "The exercise's range", organization: 'This organization', none: 'Nothing' },
  repetitions: 'Single repetitions',
  tooMany: (most: number, left: number) =>
    `At most ${most} sessions are compared; ${left} more of this address ${left === 1 ? 'is' : 'are'} left out.`,
  parted: (labels: string) => `Offered are the metrics that all these sessions have. Left out: ${labels}.`,
  noneShared:
    'These sessions have no metric in common. Remove one, or compare sessions of the same exercise.',
  notOffered: (metric: string) => `${metric} is not in all of these sessions.`,
  noRepetitions: (names: string) =>
    `Without repetitions, so without a curve: ${names}. The table shows maximum and mean over the whole session.`,
  nothingToDraw: 'None of these sessions has repetitions: there is no curve to draw.',
  chart: (metric: string, quantity: string, count: number) =>
    `${metric}, ${quantity} over a repetition from 0 to 100 per cent: ${count} mean curves with one standard deviation to both sides. The table below has the numbers.`,
  caption:
    'Every repetition from its first frame (0 %) to its last (100 %); line: mean, shade: ± 1 standard deviation between repetitions.',
  notShaded: (most: number) => `With more than ${most} curves only means are drawn.`,
  sideDashes: 'Full lines: left or forward; dashed: right or backward.',
  velocityCaption: 'Velocity with its direction; the numbers in the table are of its magnitude.',
  at: 'Read values at',
  atHint:
    'To move the line, point at the curves, draw a finger across them, or press the arrow keys on this slider. At first it stands where the first curve is highest.',
  atValue: (percent: number) => `${percent} %`,
  range: (range: string, source: string | null) =>
    `Green: ${range}, where the highest value of a repetition scores as in range${source === null ? '' : ` (${source})`}.`,
  noRange: {
    velocity: 'A range is set for angles only; none is drawn behind velocities.',
    amplitude: 'The range of this metric is of largest minus smallest, and cannot be drawn behind a curve.',
    unranged: 'The exercise sets no range for this metric.',
    different: 'The range differs between these sessions or sides, so none is drawn; the table has each.',
  },
  organizationWaiting: 'Reading other sessions of this organization …',
  organization: (athletes: number, sessions: number, from: string, to: string, most: number) =>
    `Grey: this organization, mean ± 1 standard deviation between ${athletes} athletes, from ${counted(sessions, 'other session')} of this exercise (${from} to ${to}; the newest ${most} at most, without those compared here). Each athlete counts once, with the mean of own sessions and of the sides shown.`,
  organizationFew: (athletes: number, least: number) =>
    `Too few for a band of this organization: other sessions of this exercise with repetitions are of ${counted(athletes, 'athlete')}, and ${least} are needed.`,
  organizationMixed: 'A band of this organization needs sessions of one exercise; these are of several.',
  numbers: 'Numbers',
  columns: {
    session: 'Session',
    side: 'Side',
    repetitions: 'Repetitions',
    avgMax: 'Mean of the maxima',
    difference: 'Difference to the first',
    fullMax: 'Highest of the session',
    avg: 'Mean',
    score: 'Score, range',
    value: (percent: number) => `At ${percent} %`,
    further: 'Further values',
  },
  /** The same in few words, where there is no room for columns. */
  narrow: {
    repetitions: (count: number) => counted(count, 'repetition'),
    difference: (difference: string) => `${difference} to the first`,
    value: (value: string, percent: number) => `${value} at\u00a0${percent}\u00a0%`,
    fullMax: (value: string) => `${value} highest`,
    avg: (value: string) => `${value} mean`,
  },
  wholeSession: 'whole session',
  numbersCaption: (first: string) =>
    `Mean of the maxima: mean over repetitions of each one's maximum. Differences are to ${first}, same side where it has it.`,
  download: 'Curves as CSV',
  add: 'Add sessions',
  find: 'Athlete',
  findHint: 'A part of the name',
  exercise: 'Exercise',
  allExercises: 'All exercises',
  adding: (name: string) => `Add ${name}`,
  added: 'compared',
  more: 'Older sessions',
  full: (most: number) => `${most} sessions are compared: remove one to add another.`,
  noAthlete: 'No athlete has this in the name.',
  noSession: 'No session matches. Choose another exercise, or clear the name.',
  manyAthletes: (most: number) => `Many names match; looked for are the first ${most}.`,
} as const;
