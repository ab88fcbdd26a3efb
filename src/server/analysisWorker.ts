import { getPriority, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { RecordingError } from '../motion/errors.ts';
import { UnwritableError } from '../motion/write/write-error.ts';
import { analyze, type FileInput } from './analysis.ts';
import type { Held, Reply, Task } from './analyzer.ts';
import { renderSeries } from './export/renderSeries.ts';
import { encodePiece } from './export/tablePiece.ts';
import { inspect } from './inspection.ts';
import { contentOf } from './received.ts';
import { analyzeReceived } from './receivedAnalysis.ts';
import { renderCurves } from './reportCurves.ts';

/**
 * Where cores are scarce, whoever waits for an answer goes before a computation: with five steps less a thread gets a third
 * of what one that answers gets, and still all that nobody else wants. On Linux a thread has a priority of its own.
 */
const STEPS_BACK = 5;
const LAST = 19;
if (process.platform === 'linux') setPriority(0, Math.min(LAST, getPriority(0) + STEPS_BACK));

/** Thread that computes recordings, so that the thread that answers requests never waits for one. */
parentPort?.on('message', async (task: Task) => {
  try {
    if (task.kind === 'render' || task.kind === 'curves') {
      const rendered = await (task.kind === 'render' ? renderSeries(task.input) : renderCurves(task.input));
      answer({ rendered }, rendered);
    } else if (task.kind === 'tablePiece') {
      const piece = encodePiece(task.input);
      answer({ piece }, ...piece.bytes);
    } else if (task.kind === 'inspect') {
      answer({ inspection: await inspect(withBytes(task.input)) });
    } else {
      const compute = task.input.received ? analyzeReceived : analyze;
      const analysis = await compute(withBytes(task.input));
      const { series, report } = analysis;
      answer({ analysis }, ...(series === null ? [report] : [series.series, series.brotli, report]));
    }
  } catch (error) {
    if (error instanceof RecordingError) {
      const { code, message } = error;
      answer({ refused: { code, message } });
    } else if (error instanceof UnwritableError) {
      answer({ unwritable: error.message });
    } else {
      answer({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
});

const withBytes = <Input extends FileInput>(input: Held<Input>) =>
  ({ ...input, bytes: contentOf(input.bytes) }) as Input;

const answer = (reply: Reply, ...buffers: Uint8Array[]): void =>
  parentPort?.postMessage(reply, [...transferable(...buffers)]);

/** Buffers that own their memory move to the other thread; those from the shared pool are copied. */
function* transferable(...buffers: Uint8Array[]): Iterable<ArrayBuffer> {
  for (const { buffer, byteLength } of buffers) {
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) yield buffer;
  }
}
