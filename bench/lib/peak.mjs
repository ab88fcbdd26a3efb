// Reads, processes and reports one recording, and says by how much the largest resident set grew: bytes, as JSON.
import { readFileSync } from 'node:fs';
import { findExercise } from '../../dist/motion/exercises/index.js';
import { processRecording } from '../../dist/motion/process.js';
import { readRecording } from '../../dist/motion/read.js';
import { computeReport } from '../../dist/motion/report.js';

const [file, exercise] = process.argv.slice(2);
const peak = () => 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);

const before = peak();
const series = processRecording(readFile());
const report = computeReport(series, findExercise(exercise));
if (report.repetitions.length === 0) throw new Error('a report without repetitions');
console.log(JSON.stringify({ grown: peak() - before }));

// A function of its own, so that nothing holds the bytes once they are read.
function readFile() {
  return readRecording(readFileSync(file), { fileName: file });
}
