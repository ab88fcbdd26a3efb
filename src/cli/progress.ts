import { basename } from 'node:path';
import type { OnProgress } from '../sdk/index.ts';
import { clean, note, out } from './print.ts';

/** How far a command is with its files: a bar for each on a terminal, a line for each finished one elsewhere. */
export interface Progress {
  begin(file: string, index: number): ProgressLine;
}

export interface ProgressLine {
  advance: OnProgress;
  done(message: string): void;
  failed(message: string): void;
}

export async function openProgress(files: number): Promise<Progress> {
  return process.stdout.isTTY ? bars(await import('@clack/prompts'), files) : plainLines();
}

/** How far one thing with many parts is: a bar on a terminal, a line for each tenth elsewhere. */
export interface CountProgress {
  at(done: number, total: number): void;
  end(): void;
}

export async function openCount(what: string): Promise<CountProgress> {
  return process.stdout.isTTY ? countBar(await import('@clack/prompts'), what) : countLines(what);
}

function countLines(what: string): CountProgress {
  let tenths = 0;
  return {
    at(done, total) {
      const now = Math.floor((10 * done) / Math.max(1, total));
      if (now <= tenths) return;
      tenths = now;
      out(`${done} of ${total} ${what}`);
    },
    end() {},
  };
}

function countBar(
  { progress }: Pick<typeof import('@clack/prompts'), 'progress'>,
  what: string,
): CountProgress {
  const bar = progress({ max: 100, size: 30 });
  bar.start(what);
  const release = whenInterrupted();
  let shown = 0;
  return {
    at(done, total) {
      const percent = Math.floor((100 * done) / Math.max(1, total));
      bar.advance(Math.max(0, percent - shown), `${done} of ${total} ${what}`);
      shown = Math.max(shown, percent);
    },
    end() {
      release();
      bar.clear();
    },
  };
}

/** The bar takes Ctrl-C for itself and would end the process as if all were well. Answers what to call when it is gone. */
function whenInterrupted(): () => void {
  const interrupted = () => {
    process.exitCode = 130;
  };
  process.once('exit', interrupted);
  return () => process.off('exit', interrupted);
}

/** How much of something of unknown length has come: a line that counts on a terminal, nothing elsewhere. */
export interface BytesProgress {
  at(bytes: number): void;
  end(): void;
}

export async function openBytes(what: string): Promise<BytesProgress> {
  return process.stdout.isTTY ? bytesLine(await import('@clack/prompts'), what) : { at() {}, end() {} };
}

const SHOWN_EVERY_MS = 100;

function bytesLine(
  { spinner }: Pick<typeof import('@clack/prompts'), 'spinner'>,
  what: string,
): BytesProgress {
  const line = spinner();
  line.start(clean(what));
  const release = whenInterrupted();
  const started = performance.now();
  let shown = started;
  return {
    at(bytes) {
      const now = performance.now();
      if (now - shown < SHOWN_EVERY_MS) return;
      shown = now;
      const rate = bytes / 1e6 / ((now - started) / 1000);
      line.message(`${clean(what)}: ${(bytes / 1e6).toFixed(1)} MB, ${rate.toFixed(1)} MB/s`);
    },
    end() {
      release();
      line.clear();
    },
  };
}

function plainLines(): Progress {
  return {
    begin: (file) => ({
      advance: () => {},
      done: (message) => out(`${file}: ${message}`),
      failed: (message) => note(`${file}: failed: ${message}`),
    }),
  };
}

function bars(
  { progress, log }: Pick<typeof import('@clack/prompts'), 'progress' | 'log'>,
  files: number,
): Progress {
  return {
    begin: (file, index) => {
      const name = clean(basename(file));
      const place = files === 1 ? '' : `${index + 1}/${files} `;
      const bar = progress({ max: 100, size: 30 });
      bar.start(`${place}${name}`);
      let shown = 0;
      const release = whenInterrupted();
      const end = (write: (message: string) => void, message: string) => {
        release();
        bar.clear();
        write(`${name}\n${clean(message)}`);
      };
      return {
        advance: (sent, total) => {
          const percent = Math.floor((100 * sent) / Math.max(1, total));
          if (percent <= shown) return;
          bar.advance(percent - shown, `${place}${name}${percent === 100 ? ': computing' : ''}`);
          shown = percent;
        },
        done: (message) => end((text) => log.success(text, { spacing: 0 }), message),
        failed: (message) => end((text) => log.error(text, { spacing: 0 }), message),
      };
    },
  };
}
