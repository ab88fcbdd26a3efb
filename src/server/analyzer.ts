import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { RecordingError, type RecordingErrorCode } from '../motion/errors.ts';
import type { Analysis, AnalysisInput } from './analysis.ts';
import { ApiError } from './errors.ts';

/** Computes recordings in threads of their own: started when needed, ended when idle, so that a resting server is small. */
export interface Analyzer {
  /** Throws RecordingError for a file that is no recording, ApiError `unavailable` when too much is waiting. */
  analyze(input: AnalysisInput): Promise<Analysis>;
  close(): Promise<void>;
}

interface Job {
  input: AnalysisInput;
  resolve: (analysis: Analysis) => void;
  reject: (error: Error) => void;
}

type Reply = { analysis?: Analysis; refused?: { code: RecordingErrorCode; message: string }; failed?: string };

const IDLE_MS = 10_000;
/** Bytes of files that may wait for a thread; more are sent away, to come back. */
const WAITING_LIMIT_BYTES = 512_000_000;

export function createAnalyzer(threads = Math.max(1, Math.min(availableParallelism() - 1, 4))): Analyzer {
  const waiting: Job[] = [];
  let waitingBytes = 0;
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const timers = new Map<Worker, NodeJS.Timeout>();

  const next = () => {
    while (waiting.length > 0) {
      const worker = idle.pop() ?? (all.size < threads ? start() : undefined);
      if (worker === undefined) return;
      clearTimeout(timers.get(worker));
      const job = waiting.shift()!;
      waitingBytes -= job.input.bytes.length;
      run(worker, job);
    }
  };

  const run = (worker: Worker, job: Job) => {
    const settle = (finish: () => void) => {
      worker.removeAllListeners();
      finish();
    };
    worker.once('message', (reply: Reply) =>
      settle(() => {
        rest(worker);
        if (reply.analysis) job.resolve(asBuffers(reply.analysis));
        else if (reply.refused) job.reject(new RecordingError(reply.refused.code, reply.refused.message));
        else job.reject(new Error(reply.failed ?? 'the analysis gave no answer'));
        next();
      }),
    );
    const died = (cause: unknown) =>
      settle(() => {
        all.delete(worker);
        job.reject(new Error('the analysis thread ended', { cause }));
        next();
      });
    worker.once('error', died);
    worker.once('exit', died);
    worker.postMessage(job.input);
  };

  const rest = (worker: Worker) => {
    idle.push(worker);
    const timer = setTimeout(() => {
      idle.splice(idle.indexOf(worker), 1);
      all.delete(worker);
      void worker.terminate();
    }, IDLE_MS);
    timer.unref();
    timers.set(worker, timer);
  };

  const start = (): Worker => {
    const worker = new Worker(workerUrl());
    worker.unref();
    all.add(worker);
    return worker;
  };

  return {
    analyze(input) {
      if (waitingBytes + input.bytes.length > WAITING_LIMIT_BYTES && waiting.length > 0) {
        return Promise.reject(new ApiError('unavailable', 'Too many recordings are waiting to be computed. Send this one again shortly.', { 'retry-after': '5' }));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ input, resolve, reject });
        waitingBytes += input.bytes.length;
        next();
      });
    },
    async close() {
      for (const job of waiting.splice(0)) job.reject(new ApiError('unavailable', 'The server is stopping. Send the recording again.', { 'retry-after': '5' }));
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

/** Buffers arrive from a thread as plain byte arrays. */
function asBuffers(analysis: Analysis): Analysis {
  const buffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { ...analysis, series: buffer(analysis.series), brotli: buffer(analysis.brotli), report: buffer(analysis.report) };
}

/** Node 20 runs no TypeScript in a thread: when the sources themselves run (tests), the thread takes the built file. */
function workerUrl(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../dist/server/analysisWorker.js', import.meta.url)
    : new URL('./analysisWorker.js', import.meta.url);
}
