// A ten-minute recording at 60 Hz with 40 channels, as a .mot file.
import { exerciseLibrary } from '../../dist/motion/exercises/index.js';
import { generateMovement } from '../../dist/motion/generator/index.js';
import { writeStorage } from '../../dist/motion/write-sto.js';

const FRAMES = 36_000;
const CHANNELS = 40;

export function tenMinutes() {
  const exercise = exerciseLibrary.find(({ name }) => name === 'Hip Hinge Test');
  const pieces = [];
  for (let frames = 0, seed = 1; frames < FRAMES; seed++) {
    const piece = generateMovement(exercise, { seed });
    pieces.push(piece);
    frames += piece.time.length;
  }
  const names = pieces[0].channels.map(({ name }) => name);
  const channels = Array.from({ length: CHANNELS }, (_, index) => {
    const source = index % names.length;
    const values = Float64Array.from(pieces.flatMap((piece) => [...piece.channels[source].values])).subarray(
      0,
      FRAMES,
    );
    return { name: index < names.length ? names[source] : `extra_${index}`, unit: 'deg', values };
  });
  const time = Float64Array.from({ length: FRAMES }, (_, frame) => frame / 60);
  return Buffer.from(writeStorage({ ...pieces[0], time, channels }, 'ten minutes'));
}
