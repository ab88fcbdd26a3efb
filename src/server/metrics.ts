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

export function observeRequest(endpoint: string, status: number, seconds: number): void {
  durations.observe({ endpoint, status }, seconds);
}

export async function metricsText(): Promise<{ type: string; text: string }> {
  if (!collecting) {
    // From the first scrape on: a server that nobody watches does not watch itself.
    collectDefaultMetrics({ register: registry });
    collecting = true;
  }
  return { type: registry.contentType, text: await registry.metrics() };
}
