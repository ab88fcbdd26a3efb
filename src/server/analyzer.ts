import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { RecordingSummary } from '../contract/recordings.ts';
import { RecordingError, type RecordingErrorCode } from '../motion/errors.ts';
import type { Analysis, AnalysisInput } from './analysis.ts';
import { builtModule } from './built.ts';
import { ApiError } from './errors.ts';
import type { InspectionInput } from './inspection.ts';

/** Computes recordings in threads of their own: started when needed, ended when idle, so that a resting server is small. */
export interface Analyzer {
  /** Throws RecordingError for a file that is no recording, ApiError `unavailable` when too much is waiting. */
  analyze(input: AnalysisInput): Promise<Analysis>;
  /** Throws as `analyze` does. */
  inspect(input: InspectionInput): Promise<RecordingSummary>;
  /** Resolves when nothing waits and a thread is free: for work that can wait until then. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

interface Job {
  input: AnalysisInput | InspectionInput;
  resolve: (reply: Reply) => void;
  reject: (error: Error) => void;
}

type Reply = {
  analysis?: Analysis;
  inspection?: RecordingSummary;
  refused?: { code: RecordingErrorCode; message: string };
  failed?: string;
};

const IDLE_MS = 10_000;
/** Bytes of files that may wait for a thread; more are sent away, to come back. */
const WAITING_LIMIT_BYTES = 512_000_000;

export function createAnalyzer(threads = Math.max(1, Math.min(availableParallelism() - 1, 4))): Analyzer {
  const waiting: Job[] = [];
  let waitingBytes = 0;
  const idle: Worker[] = [];
  const working = new Map<Worker, Job>();
  const timers = new Map<Worker, NodeJS.Timeout>();
  let patient: (() => void)[] = [];
  const isQuiet = () => waiting.length === 0 && working.size < threads;

  const next = () => {
    while (waiting.length > 0) {
      const worker = idle.pop() ?? (working.size < threads ? start() : undefined);
      if (worker === undefined) return;
      clearTimeout(timers.get(worker));
      const job = waiting.shift()!;
      waitingBytes -= job.input.bytes.length;
      working.set(worker, job);
      // A thread keeps the process alive only while it computes.
      worker.ref();
      worker.postMessage(job.input);
    }
    if (!isQuiet()) return;
    for (const resolve of patient) resolve();
    patient = [];
  };

  const start = (): Worker => {
    const worker = new Worker(builtModule('analysisWorker'));
    worker.on('message', (reply: Reply) => {
      const job = take(worker);
      worker.unref();
      idle.push(worker);
      timers.set(worker, setTimeout(end, IDLE_MS, worker).unref());
      if (reply.analysis || reply.inspection) job?.resolve(reply);
      else if (reply.refused) job?.reject(new RecordingError(reply.refused.code, reply.refused.message));
      else job?.reject(new Error(reply.failed ?? 'the analysis gave no answer'));
      next();
    });
    // An error is followed by the exit; either may come first to know the cause.
    worker.on('error', (cause) => take(worker)?.reject(new Error('the analysis thread failed', { cause })));
    worker.on('exit', () => {
      take(worker)?.reject(new Error('the analysis thread ended'));
      forget(worker);
      next();
    });
    return worker;
  };

  const take = (worker: Worker): Job | undefined => {
    const job = working.get(worker);
    working.delete(worker);
    return job;
  };

  const forget = (worker: Worker) => {
    clearTimeout(timers.get(worker));
    timers.delete(worker);
    const place = idle.indexOf(worker);
    if (place >= 0) idle.splice(place, 1);
  };

  const end = (worker: Worker) => {
    forget(worker);
    return worker.terminate();
  };

  const enqueue = (input: Job['input']): Promise<Reply> => {
    if (waitingBytes + input.bytes.length > WAITING_LIMIT_BYTES && waiting.length > 0) {
      return Promise.reject(
        new ApiError(
          'unavailable',
          'Too many recordings are waiting to be computed. Send this one again shortly.',
          { 'retry-after': '5' },
        ),
      );
    }
    return new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      waitingBytes += input.bytes.length;
      next();
    });
  };

  return {
    analyze: async (input) => asBuffers((await enqueue(input)).analysis!),
    inspect: async (input) => (await enqueue(input)).inspection!,
    quiet: () => (isQuiet() ? Promise.resolve() : new Promise((resolve) => patient.push(resolve))),
    async close() {
      for (const resolve of patient) resolve();
      for (const job of waiting.splice(0))
        job.reject(
          new ApiError('unavailable', 'The server is stopping. Send the recording again.', {
            'retry-after': '5',
          }),
        );
      await Promise.all([...idle, ...working.keys()].map(end));
    },
  };
}

/** Buffers arrive from a thread as plain byte arrays. */
function asBuffers(analysis: Analysis): Analysis {
  const buffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { series, report } = analysis;
  return {
    ...analysis,
    series: series && { series: buffer(series.series), brotli: buffer(series.brotli) },
    report: buffer(report),
  };
}
