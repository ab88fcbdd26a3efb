import { counted } from '../../motion/counted.ts';

/** Every text of the list of sessions. */

export const sessionsWords = {
  title: 'Sessions',
  filters: 'Filters',
  all: 'All',
  clear: 'Clear filters',
  standAlone: 'Outside an assessment',
  period: 'Recorded',
  anyTime: 'At any time',
  periods: {
    today: 'Today',
    week: 'In the last 7 days',
    month: 'In the last 30 days',
    thisMonth: 'This month',
    lastMonth: 'Last month',
  },
  customPeriod: 'Between two days …',
  from: 'From',
  to: 'To',
  layout: 'View',
  order: 'Order',
  orders: { newest: 'Newest first', oldest: 'Oldest first' },
  turn: ', turn the order',
  columnsShown: 'Columns',
  columns: {
    date: 'Date',
    name: 'Session',
    athlete: 'Athlete',
    exercise: 'Exercise',
    assessment: 'Assessment',
    duration: 'Duration',
    scores: 'Scores',
  },
  selection: 'Chosen',
  select: 'Choose',
  chosen: (count: number) => `${counted(count, 'session')} chosen`,
  compare: 'Compare',
  clearSelection: 'Choose none',
  count: (count: number) => (count === 1 ? 'session' : 'sessions'),
  loaded: 'sessions loaded, more follow as you scroll',
  nameless: 'Without a name',
  unknown: 'Unknown',
  scoresLater: '…',
  scoresUnread: '–',
  onPaper: (shown: number, loaded: number, hasMore: boolean) => {
    const [these, all] = [shown, loaded].map((count) => count.toLocaleString());
    if (shown < loaded || hasMore)
      return `The first ${these} of ${hasMore ? 'more than ' : ''}${all} sessions. Scores stand where they had been loaded.`;
    return `All ${these} ${shown === 1 ? 'session' : 'sessions'}. Scores stand where they had been loaded.`;
  },
  noReport: 'no report',
  noneTitle: 'No sessions yet',
  none: 'Record the first one from a file: .mot, .sto, .trc, .csv, .c3d or .json.',
  noneForViewers: 'They appear here as soon as a coach of your organization records one.',
  record: 'Record sessions',
  noneMatchesTitle: 'No session matches',
  noneMatches: 'Choose other days, or leave a filter out.',
  noDayTitle: 'A day in the address is none',
  noDay: (day: string) =>
    `The address of this page asks for sessions of “${day}”, which no calendar has. Choose a day above, or clear the filters.`,
  turnedTitle: 'The days are the wrong way round',
  turned: 'The first day lies behind the last.',
  swap: 'Swap the days',
  exactName: (name: string) =>
    `None is called exactly “${name}”. Names are looked for as they are written, capital letters included.`,
  near: 'Meant perhaps:',
  download: 'Download',
  tables: { sessions: 'All these sessions', reports: 'Their report tables' },
  formats: {
    csv: 'CSV (spreadsheets)',
    parquet: 'Parquet (R, Python, DuckDB)',
    arrow: 'Arrow',
    ndjson: 'JSON, a line a row',
  },
  saving: 'The file is being made …',
  saved: 'Saved as',
  notSaved: 'Nothing was saved:',
} as const;
