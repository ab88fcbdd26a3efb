// Requests at a fixed rate, whether or not the earlier ones were answered: a server that stalls is charged with every request
// that should have been sent meanwhile (wrk waits for the answer before it asks again, and so leaves out the worst).
// Runs as a process of its own: node openLoop.mjs URL REQUESTS RATE SECONDS [CONNECTIONS]. Prints { latencies_ms, failed }.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { endWithUs } from './children.mjs';
import { quantile } from './results.mjs';

const ME = fileURLToPath(import.meta.url);
const WARM_UP_S = 1;
const DRAIN_MS = 10_000;

/**
 * Median and 99th percentile of the time from when a request was due to its last byte, in milliseconds. `load`: as wrk takes
 * it; on core 1.
 */
export async function latencies({ url, list }, { perSecond, seconds, connections = 64, core = 1 }) {
  const child = spawn(
    'taskset',
    ['-c', String(core), process.execPath, ME, url, list, perSecond, seconds, connections].map(String),
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  endWithUs(child, 'SIGTERM');
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the load generator ended with ${code}`);
  const { latencies_ms, failed } = JSON.parse(out);
  if (failed > 0) throw new Error(`${failed} requests were not answered well`);
  return {
    median_ms: quantile(latencies_ms, 0.5),
    p99_ms: quantile(latencies_ms, 0.99),
    count: latencies_ms.length,
  };
}

async function main([url, list, perSecond, seconds, connections]) {
  const { hostname, port, host } = new URL(url);
  const requests = readFileSync(list, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [path, ...headers] = line.split('\t');
      const lines = [`GET ${path} HTTP/1.1`, `host: ${host}`];
      for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
      return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
    });
  const state = { idle: [], waiting: [], latencies_ms: [], failed: 0, open: 0 };
  for (let index = 0; index < Number(connections); index++) {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    state.idle.push(client(socket, state));
  }
  const interval_ms = 1000 / Number(perSecond);
  const total = Math.floor(Number(perSecond) * (Number(seconds) + WARM_UP_S));
  const counted = Math.floor(Number(perSecond) * WARM_UP_S);
  const start = performance.now();
  let due = 0;
  const send = () => {
    const now = performance.now();
    for (; due < total && start + due * interval_ms <= now; due++) {
      const request = {
        bytes: requests[Math.floor(Math.random() * requests.length)],
        due_ms: start + due * interval_ms,
        counted: due >= counted,
      };
      state.open++;
      const free = state.idle.pop();
      if (free) free(request);
      else state.waiting.push(request);
    }
    if (due >= total) return finish(state);
    // A timer may be late by a millisecond: the last of the way is waited for without one.
    const pause_ms = start + due * interval_ms - performance.now();
    if (pause_ms > 2) setTimeout(send, pause_ms - 1);
    else setImmediate(send);
  };
  send();
}

/** One connection: sends a request when called, then the next one that waits, or goes back to the idle ones. */
function client(socket, state) {
  let current;
  let head = '';
  let left = -1;
  const send = (request) => {
    current = request;
    socket.write(request.bytes);
  };
  socket.on('data', (chunk) => {
    let body = chunk;
    if (left < 0) {
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = /content-length: *(\d+)/i.exec(head);
      if (length === null) throw new Error(`an answer without a length: ${head.slice(0, end)}`);
      if (!/^HTTP\/1\.1 2/.test(head)) state.failed++;
      left = Number(length[1]);
      body = { length: head.length - end - 4 };
      head = '';
    }
    left -= body.length;
    if (left > 0) return;
    left = -1;
    state.open--;
    if (current.counted) state.latencies_ms.push(Number((performance.now() - current.due_ms).toFixed(3)));
    const next = state.waiting.shift();
    if (next) send(next);
    else state.idle.push(send);
  });
  socket.on('close', () => {
    throw new Error('the server closed a connection');
  });
  return send;
}

/** Answers that never come are failures. */
function finish(state) {
  const deadline = performance.now() + DRAIN_MS;
  const look = () => {
    if (state.open > 0 && performance.now() < deadline) return setTimeout(look, 10);
    const { latencies_ms, failed, open } = state;
    process.stdout.write(JSON.stringify({ latencies_ms, failed: failed + open }), () => process.exit(0));
  };
  look();
}

if (process.argv[1] === ME) await main(process.argv.slice(2));
