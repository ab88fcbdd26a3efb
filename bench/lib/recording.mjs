// A recording of ten minutes with 40 channels at 60 Hz, unless asked otherwise, as a .mot file.
import { exerciseLibrary } from '../../dist/motion/exercises/index.js';
import { generateMovement } from '../../dist/motion/generator/index.js';
import { writeStorage } from '../../dist/motion/write/write-sto.js';

export const EXERCISE = 'Hip Hinge Test';
const CHANNELS = 40;
const SECONDS = 600;

/** `rate_hz`: 60 or 100. `seconds`: as long as asked, if not ten minutes. */
export function tenMinutes({ rate_hz = 60, seconds = SECONDS, channels: count = CHANNELS } = {}) {
  const rows = seconds * rate_hz;
  const exercise = exerciseLibrary.find(({ name }) => name === EXERCISE);
  const pieces = [];
  for (let frames = 0, seed = 1; frames < rows; seed++) {
    const piece = generateMovement(exercise, { seed, rate_hz });
    pieces.push(piece);
    frames += piece.time.length;
  }
  const names = pieces[0].channels.map(({ name }) => name);
  const channels = Array.from({ length: count }, (_, index) => {
    const source = index % names.length;
    const values = new Float64Array(rows);
    let row = 0;
    for (const piece of pieces) {
      const kept = piece.channels[source].values.subarray(0, rows - row);
      values.set(kept, row);
      row += kept.length;
    }
    return { name: index < names.length ? names[source] : `extra_${index}`, unit: 'deg', values };
  });
  const time = Float64Array.from({ length: rows }, (_, row) => row / rate_hz);
  return Buffer.from(writeStorage({ ...pieces[0], time, channels }, 'ten minutes'));
}

/** The same file with its columns as OpenSim prints them: eight decimals, blanks in front up to 16 characters. */
export function padded(bytes) {
  const start = bytes.indexOf('\n', bytes.indexOf('endheader') + 'endheader\n'.length) + 1;
  const rows = bytes
    .toString('latin1', start)
    .trimEnd()
    .split('\n')
    .map((row) =>
      row
        .split('\t')
        .map((cell) => Number(cell).toFixed(8).padStart(16))
        .join('\t'),
    );
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(`${rows.join('\n')}\n`, 'latin1')]);
}
