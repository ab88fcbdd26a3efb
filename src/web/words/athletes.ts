import { counted } from '../../motion/counted.ts';

/** Every text of athletes and assessments. */

export const athletesWords = {
  title: 'Athletes',
  find: 'Find',
  findHint: 'Name, or id in another system',
  count: (shown: number, all: number) => `${shown === all ? '' : `${shown} of `}${counted(all, 'athlete')}`,
  columns: { name: 'Name', externalId: 'Id in another system', last: 'Last session' },
  noSession: 'none yet',
  sessionUnread: '– could not be read',
  nobodyTitle: 'No athletes yet',
  nobody: 'Add the first one here, or with a recording.',
  edit: 'Edit',
  noMatchTitle: 'Nobody matches',
  noMatch: 'Try a part of the name, or of the id in another system.',
  clear: 'Clear the search',
  more: (count: number) => `Show ${count} more`,
  unknownTitle: 'There is no such athlete',
  unknown: 'The address may be misspelled, or the athlete was removed.',
  toList: 'To the athletes',
  sessions: (count: string) => (count === '1' ? '1 session' : `${count} sessions`),
  externalId: 'Id in another system:',
  noSessionsTitle: 'No sessions yet',
  noSessions: 'Trends appear once sessions of this athlete are recorded.',
  exercise: 'Exercise',
  exerciseOption: (name: string, count: number) => `${name} (${count})`,
  metric: 'Metric',
  allMetrics: 'All metrics',
  quantity: 'Quantity',
  quantities: { Ang: 'Angle', Vel: 'Angular velocity', Acc: 'Acceleration', Dec: 'Deceleration' },
  from: 'From',
  to: 'To',
  clearDates: 'All dates',
  trendsOf: (exercise: string, from?: string, to?: string) =>
    `Trends: ${[exercise, ...(from === undefined ? [] : [`from ${from}`]), ...(to === undefined ? [] : [`to ${to}`])].join(', ')}`,
  legend: 'Dots: mean over repetitions of each one’s maximum, a session each; a click opens it.',
  legendSides: 'Left: blue circles, full line. Right: orange squares, dashed.',
  legendRange: 'Green: range of the exercise, as far as the chart shows it.',
  legendBar:
    'Bar at the right: the smallest change worth noticing. Ring: changed by more than that since the session before.',
  nothingTitle: 'Nothing in this time',
  nothing: 'No session of this exercise lies between these dates. Choose other dates or another exercise.',
  directions: { F: 'forward', B: 'backward' },
  chart: (metric: string, count: number) =>
    `${metric} over time: ${count} values. The table of ${metric} lists them with links.`,
  differenceChart: (metric: string, count: number) =>
    `${metric}, left minus right over time: ${count} values, listed in the table below.`,
  range: (range: string) => `range ${range}`,
  noticeFrom: (size: string) => `worth noticing from ${size}`,
  noticeUnknown: 'too little data to tell noise from change',
  details: 'Values',
  change: 'Smallest change worth noticing',
  changeIs: (size: string) => `${size}: the larger of`,
  detectable: (size: string, error: string, pairs: number, athletes: number, rough: boolean) =>
    `Minimal detectable change (95 %) ${size} = 1.96 · √2 · typical error of ${error}, from ${pairs} pairs of consecutive sessions of ${counted(athletes, 'athlete')}${rough ? '; a rough figure, as there are few pairs' : ''}. A smaller change may be noise (Hopkins 2000; Weir 2005).`,
  detectableNot: (pairs: number, least: number, days: number) =>
    `Too little data to tell noise from change: ${counted(pairs, 'pair')} of consecutive sessions at most ${days} days apart, ${least} are needed. No change is marked.`,
  worthwhile: (size: string, between: string, athletes: number) =>
    `Smallest worthwhile change ${size} = 0.2 · ${between}, the standard deviation between ${athletes} athletes. A smaller one does not matter (Hopkins, Hawley and Burke 1999).`,
  worthwhileNot: (athletes: number, least: number) =>
    `Smallest worthwhile change: too few athletes have done this exercise (${athletes}, ${least} are needed).`,
  changeFrom: (sessions: number, most: number, days: number) =>
    `From the newest ${sessions} sessions of this exercise in this organization (of each exercise the newest ${most} at most), this athlete’s included. Consecutive: of one athlete, at most ${days} days apart; each side counts.`,
  asymmetry: 'Left minus right',
  asymmetryLegend:
    'Above 0: left is larger. Left minus right of the values above, where both are scored or the metric has no range; per cent of the larger side. Sides that are tested apart are paired by day.',
  columnsOfValues: {
    date: 'Date',
    value: (side: string) => `${side} value`,
    change: 'Change',
    score: 'Score',
    difference: 'Left − right',
    percent: '% of larger',
  },
  noticeable: 'noticeable',
  download: 'Values as CSV',
  compare: 'Compare the last sessions',
  lastReports: 'Last report of each exercise',
  lastColumns: {
    exercise: 'Exercise',
    date: 'Last session',
    count: 'Sessions',
    scores: 'Scores by body area',
  },
  noScores: 'nothing is scored',
  allReports: (count: number) => `Show all ${count}`,
} as const;

export const peopleWords = {
  newAthlete: 'New athlete',
  newAssessment: 'New assessment',
  assessments: 'Assessments',
  editShort: 'Edit',
  edit: (name: string) => `Edit ${name}`,
  saved: (name: string) => `${name} is saved.`,
  removed: (name: string) => `${name} is deleted.`,
  first: 'First name',
  last: 'Last name',
  external: 'Id in another system',
  externalHint: 'Of your club’s or clinic’s own list, if there is one.',
  assessmentName: 'Name',
  whose: 'Athlete',
  anybody: 'Anybody (a template)',
  day: 'Day',
  sure: 'Really delete',
  removal: 'This cannot be undone. It is refused while sessions belong to it: delete those first.',
} as const;
