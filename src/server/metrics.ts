import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Prometheus metrics of this process. */
const registry = new Registry();
let collecting = false;

const durations = new Histogram({
  name: 'kinebase_request_seconds',
  help: 'Time from request to answer, by endpoint and status',
  labelNames: ['endpoint', 'status'],
  buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
  registers: [registry],
});

/** Looking a label pair up costs more than counting: each is looked up once. */
const children = new Map<string, ReturnType<typeof durations.labels>>();

export function observeRequest(endpoint: string, status: number, seconds: number): void {
  const key = `${endpoint} ${status}`;
  let child = children.get(key);
  if (child === undefined) {
    child = durations.labels(endpoint, String(status));
    children.set(key, child);
  }
  child.observe(seconds);
}

export async function metricsText(): Promise<{ type: string; text: string }> {
  if (!collecting) {
    // From the first scrape on: a server that nobody watches does not watch itself.
    collectDefaultMetrics({ register: registry });
    collecting = true;
  }
  return { type: registry.contentType, text: await registry.metrics() };
}
