/** Recording → OpenSim storage (.mot or .sto) as bytes: tab separated, in degrees, eight decimals as OpenSim writes them. */
import { decimalWidth, writeDecimal } from './decimal.ts';
import type { Recording } from './recording.ts';

const DECIMALS = 8;
const SCALE = 10 ** DECIMALS;
const TAB = 9;
const LINE_FEED = 10;

/** Values must be finite. */
export function writeStorage(recording: Recording, title: string): Uint8Array {
  const { time, channels } = recording;
  const header = [
    title.replace(/[\r\n]+/g, ' '),
    'version=1',
    `nRows=${time.length}`,
    `nColumns=${channels.length + 1}`,
    'inDegrees=yes',
    'endheader',
    ['time', ...channels.map((channel) => channel.name)].join('\t'),
  ];
  const head = new TextEncoder().encode(`${header.join('\n')}\n`);
  const columns = [time, ...channels.map((channel) => channel.values)];
  const rowBytes = columns.reduce((sum, values) => sum + decimalWidth(largest(values), DECIMALS) + 1, 0);
  const out = new Uint8Array(head.length + rowBytes * time.length);
  out.set(head);
  let at = head.length;
  for (let row = 0; row < time.length; row++) {
    for (const values of columns) {
      at = writeDecimal(out, at, values[row]!, SCALE, DECIMALS);
      out[at++] = TAB;
    }
    out[at - 1] = LINE_FEED;
  }
  return out.subarray(0, at);
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
