/**
 * Recording → OpenSim storage (.mot and .sto, which are written alike) as bytes: tab separated, in degrees and metres,
 * missing values as `nan`. Values are written exactly where fifteen decimals say them, else with eight decimals as OpenSim
 * writes them, or more digits where a column is so small or so large that eight would lose some.
 */
import type { Recording } from '../recording.ts';
import { UnwritableError } from './write-error.ts';
import { writeRows } from './write-rows.ts';

const DECIMALS = 8;

/**
 * Values must be finite, or NaN where missing; time always a number. Throws UnwritableError for a name that holds a tab or a
 * line break: a label of this format cannot.
 */
export function writeStorage(
  { time, channels }: Pick<Recording, 'time' | 'channels'>,
  title: string,
): Uint8Array {
  const unwritable = channels.find(({ name }) => /[\t\r\n]/.test(name));
  if (unwritable !== undefined) {
    const name = JSON.stringify(unwritable.name);
    throw new UnwritableError(
      `The name ${name} holds a tab or a line break, which no label of .mot and .sto files can.`,
    );
  }
  const head = [
    title.replace(/[\r\n]+/g, ' '),
    'version=1',
    `nRows=${time.length}`,
    `nColumns=${channels.length + 1}`,
    'inDegrees=yes',
    'endheader',
    ['time', ...channels.map(({ name }) => name)].join('\t'),
  ];
  return writeRows([time, ...channels.map(({ values }) => values)], {
    head: `${head.join('\n')}\n`,
    delimiter: '\t',
    missing: 'nan',
    roundTo: DECIMALS,
  });
}
