import { parentPort } from 'node:worker_threads';
import { RecordingError } from '../motion/errors.ts';
import { type AnalysisInput, analyze } from './analysis.ts';
import { type InspectionInput, inspect } from './inspection.ts';

/** Thread that computes recordings, so that the thread that answers requests never waits for one. */
parentPort?.on('message', async (input: AnalysisInput | InspectionInput) => {
  try {
    if ('inspect' in input) {
      parentPort?.postMessage({ inspection: await inspect(input) });
      return;
    }
    const analysis = await analyze(input);
    const { series, report } = analysis;
    const buffers = series === null ? [report] : [series.series, series.brotli, report];
    parentPort?.postMessage({ analysis }, [...transferable(...buffers)]);
  } catch (error) {
    if (error instanceof RecordingError) {
      const { code, message } = error;
      parentPort?.postMessage({ refused: { code, message } });
    } else {
      parentPort?.postMessage({
        failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }
});

/** Buffers that own their memory move to the other thread; those from the shared pool are copied. */
function* transferable(...buffers: Buffer[]): Iterable<ArrayBuffer> {
  for (const { buffer, byteLength } of buffers) {
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) yield buffer;
  }
}
