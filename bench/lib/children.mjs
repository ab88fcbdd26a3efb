// Programs that must not outlive a run, however it ends.
const running = new Map();

/** `signal` ends the child when this process ends before it. */
export function endWithUs(child, signal) {
  running.set(child, signal);
  child.once('exit', () => running.delete(child));
}

process.on('exit', () => {
  for (const [child, signal] of running) child.kill(signal);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
