import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { RecordingSummary } from '../contract/recordings.ts';
import { RecordingError, type RecordingErrorCode } from '../motion/errors.ts';
import { UnwritableError } from '../motion/write/write-error.ts';
import type { TablePiece } from '../tables/table.ts';
import type { Analysis, AnalysisInput, FileInput } from './analysis.ts';
import { builtModule } from './built.ts';
import { ApiError } from './errors.ts';
import type { RenderInput } from './export/renderSeries.ts';
import type { PieceInput } from './export/tablePiece.ts';
import type { OpenFile } from './received.ts';
import type { CurvesInput } from './reportCurves.ts';

/** Computes recordings in threads of their own: started when needed, ended when idle, so that a resting server is small. */
export interface Analyzer {
  /** Throws RecordingError for a file that is no recording, ApiError `unavailable` when too much is waiting. */
  analyze(input: Held<AnalysisInput>): Promise<Analysis>;
  /** Throws as `analyze` does. */
  inspect(input: Held<FileInput>): Promise<RecordingSummary>;
  /**
   * Writes a series as it was asked for; before recordings that wait, because whoever reads waits for the answer. The
   * pieces are handed over to the thread. Throws UnwritableError where the format cannot hold the names.
   */
  render(input: RenderInput): Promise<Buffer>;
  /** Writes a report with its curves; before recordings, and its pieces handed over, as in `render`. */
  curves(input: CurvesInput): Promise<Buffer>;
  /** Rows of a table as they lie in a file; in turn with recordings, because an archive has very many pieces. */
  tablePiece(input: PieceInput): Promise<TablePiece>;
  /** Resolves when nothing waits and a thread is free: for work that can wait until then. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** With its file in memory, or in an open file that the thread reads when its turn has come. */
export type Held<Input extends FileInput> = Omit<Input, 'bytes'> & { bytes: Uint8Array | OpenFile };

/** What a thread is asked to do. */
export type Task =
  | { kind: 'analyze'; input: Held<AnalysisInput> }
  | { kind: 'inspect'; input: Held<FileInput> }
  | { kind: 'render'; input: RenderInput }
  | { kind: 'curves'; input: CurvesInput }
  | { kind: 'tablePiece'; input: PieceInput };

interface Job {
  task: Task;
  /** Of the file that waits with it. */
  bytes: number;
  /** Memory that moves to the thread instead of being copied. */
  moved: ArrayBuffer[];
  resolve: (reply: Reply) => void;
  reject: (error: Error) => void;
}

/** What a thread answers: what it made, or why it made nothing. */
export type Reply = {
  analysis?: Analysis;
  inspection?: RecordingSummary;
  rendered?: Buffer;
  piece?: TablePiece;
  refused?: { code: RecordingErrorCode; message: string };
  unwritable?: string;
  failed?: string;
};

const IDLE_MS = 10_000;
/** Bytes of files that may wait for a thread; more are sent away, to come back. */
const WAITING_LIMIT_BYTES = 512_000_000;

/**
 * A thread's numbers and texts lie outside of its heap, and count with it. From a heap that begins small V8 cleans up four
 * times a recording for nothing, which took a quarter of the time. The flag is for heaps that are made from now on.
 */
setFlagsFromString('--initial-old-space-size=64');

/** As many threads as cores, and no more than are worth their memory: they step back for the thread that answers. */
export function createAnalyzer(threads = Math.min(availableParallelism(), 4)): Analyzer {
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
      waitingBytes -= job.bytes;
      working.set(worker, job);
      // A thread keeps the process alive only while it computes.
      worker.ref();
      worker.postMessage(job.task, job.moved);
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
      if (reply.analysis || reply.inspection || reply.rendered || reply.piece) job?.resolve(reply);
      else if (reply.refused) job?.reject(new RecordingError(reply.refused.code, reply.refused.message));
      else if (reply.unwritable) job?.reject(new UnwritableError(reply.unwritable));
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

  const enter = (task: Task, bytes: number, moved: ArrayBuffer[], first: boolean): Promise<Reply> => {
    if (waitingBytes + bytes > WAITING_LIMIT_BYTES && waiting.length > 0) {
      return Promise.reject(
        new ApiError('unavailable', 'Too much is waiting to be computed. Send this again shortly.', {
          'retry-after': '5',
        }),
      );
    }
    return new Promise((resolve, reject) => {
      const job: Job = { task, bytes, moved, resolve, reject };
      if (first) waiting.unshift(job);
      else waiting.push(job);
      waitingBytes += bytes;
      next();
    });
  };

  return {
    async analyze(input) {
      const reply = await enter({ kind: 'analyze', input }, inMemoryOf(input.bytes), [], false);
      return asBuffers(reply.analysis!);
    },
    async inspect(input) {
      const reply = await enter({ kind: 'inspect', input }, inMemoryOf(input.bytes), [], false);
      return reply.inspection!;
    },
    async render(input) {
      const { pieces, moved } = handedOver(input.pieces);
      const task: Task = { kind: 'render', input: { ...input, pieces } };
      return asBuffer((await enter(task, pieces.length, moved, true)).rendered!);
    },
    async curves(input) {
      const { pieces, moved } = handedOver(input.series.pieces);
      const task: Task = { kind: 'curves', input: { ...input, series: { ...input.series, pieces } } };
      return asBuffer((await enter(task, pieces.length, moved, true)).rendered!);
    },
    async tablePiece(input) {
      return (await enter({ kind: 'tablePiece', input }, 0, [], false)).piece!;
    },
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

/** Bytes of a file that waits in memory. */
const inMemoryOf = (bytes: Uint8Array | OpenFile): number => (bytes instanceof Uint8Array ? bytes.length : 0);

/** Bytes to be moved to a thread. A small file lies in memory shared with others: that is copied. */
function handedOver(bytes: Uint8Array): { pieces: Uint8Array; moved: ArrayBuffer[] } {
  const { buffer, byteLength } = bytes;
  const own = buffer instanceof ArrayBuffer && buffer.byteLength < 2 * byteLength + 65_536;
  const pieces = own ? bytes : Uint8Array.from(bytes);
  return { pieces, moved: [pieces.buffer as ArrayBuffer] };
}

/** Buffers arrive from a thread as plain byte arrays. */
const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

function asBuffers(analysis: Analysis): Analysis {
  const { series, report } = analysis;
  return {
    ...analysis,
    series: series && { series: asBuffer(series.series), brotli: asBuffer(series.brotli) },
    report: asBuffer(report),
  };
}
