import type { Curve } from '../../sdk/index.ts';
import { type CsvColumn, csvOf } from '../ui/csv.ts';
import type { Line } from './compared.ts';

/** The compared curves as CSV: a line a session, side and per cent, with every repetition beside mean and deviation. */
export function curvesCsv(lines: readonly Line[], metric: string, quantity: string): Uint8Array[] {
  const drawn = lines.flatMap((line) => (line.curve === undefined ? [] : [{ ...line, curve: line.curve }]));
  const most = Math.max(0, ...drawn.map(({ curve }) => curve.Repetitions.length));
  const text = (name: string, value: (line: Drawn) => string): CsvColumn<Point> => ({
    name,
    type: 'string',
    value: ({ line }) => value(line),
  });
  const number = (
    name: string,
    value: (curve: Curve, percent: number) => number | undefined,
  ): CsvColumn<Point> => ({
    name,
    type: 'double',
    value: ({ line, percent }) => value(line.curve, percent),
  });
  return csvOf<Point>(
    [
      text('session_id', ({ of }) => of.session['Session ID']),
      text('date', ({ of }) => of.session.Date),
      text('athlete_id', ({ of }) => of.session['Athlete ID']),
      text('athlete', ({ of }) => of.athlete),
      text('exercise', ({ of }) => of.exercise),
      text('session_name', ({ of }) => of.session['Session Name']),
      text('metric', () => metric),
      text('quantity', () => quantity),
      text('side', ({ side }) => side),
      text('unit', ({ curve }) => curve.Unit),
      { name: 'percent', type: 'int', value: ({ percent }) => percent },
      number('mean', ({ Mean }, percent) => Mean[percent]),
      number('sd', ({ SD }, percent) => SD[percent]),
      ...Array.from({ length: most }, (_, index) =>
        number(`repetition_${index + 1}`, ({ Repetitions }, percent) => Repetitions[index]?.[percent]),
      ),
    ],
    drawn.flatMap((line) => line.curve.Mean.map((_, percent) => ({ line, percent }))),
  );
}

type Drawn = Line & { curve: Curve };

interface Point {
  line: Drawn;
  percent: number;
}
