// Programs that ask a server under measurement: on core 1, each its own process, done when they have printed what they found.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endWithUs } from './children.mjs';

/** Runs a Node program, with its options in front, to its end; answers the JSON that it printed. */
export async function runAsker(...args) {
  const child = spawn('taskset', ['-c', '1', process.execPath, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithUs(child, 'SIGTERM');
  let out = '';
  let fault = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    fault += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) {
    const lines = fault.trim().split('\n');
    throw new Error(`${lines.find((line) => /^\w*Error/.test(line)) ?? fault}`);
  }
  return JSON.parse(out);
}
