import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Db } from '../store/db.ts';
import { countJobs } from '../store/jobs.ts';
import { listOrganizations } from '../store/organizations.ts';
import { countWebhooks, organizationsWithWebhooks, type WebhookState } from '../store/webhookQueue.ts';

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

export type JobOutcome = 'done' | 'failed' | 'postponed' | 'not needed' | 'taken over';

const jobs = new Gauge({
  name: 'kinebase_jobs',
  help: 'Reports that are to be computed again, in the whole installation',
  labelNames: ['state'],
  registers: [registry],
});

const finished = new Counter({
  name: 'kinebase_jobs_finished_total',
  help: 'Runs of jobs in this process, by how they ended',
  labelNames: ['outcome'],
  registers: [registry],
});

const recomputations = new Histogram({
  name: 'kinebase_recomputation_seconds',
  help: 'Time to compute a report again',
  buckets: [0.05, 0.2, 0.5, 1, 2, 5, 20, 60],
  registers: [registry],
});

export function observeJob(outcome: JobOutcome, seconds: number): void {
  finished.labels(outcome).inc();
  if (outcome === 'done') recomputations.observe(seconds);
}

async function countAllJobs(db: Db): Promise<void> {
  const all = { waiting: 0, running: 0, failed: 0 };
  for (const { OrganizationID } of await listOrganizations(db)) {
    const counted = await countJobs(db, OrganizationID);
    for (const state of ['waiting', 'running', 'failed'] as const) all[state] += counted[state];
  }
  for (const [state, count] of Object.entries(all)) jobs.labels(state).set(count);
}

const webhooks = new Gauge({
  name: 'kinebase_webhooks',
  help: 'Webhooks in the whole installation: failing is tried again, disabled was given up or switched off',
  labelNames: ['state'],
  registers: [registry],
});

const deliveries = new Histogram({
  name: 'kinebase_webhook_delivery_seconds',
  help: 'Time to deliver changes to a webhook once, by what came of it',
  labelNames: ['outcome'],
  buckets: [0.02, 0.1, 0.5, 2, 5, 15],
  registers: [registry],
});

export function observeDelivery(outcome: string, seconds: number): void {
  deliveries.labels(outcome).observe(seconds);
}

async function countAllWebhooks(db: Db): Promise<void> {
  const all: Record<WebhookState, number> = { working: 0, failing: 0, disabled: 0 };
  for (const { organization } of await organizationsWithWebhooks(db)) {
    const counted = await countWebhooks(db, organization);
    for (const state of Object.keys(all) as WebhookState[]) all[state] += counted[state];
  }
  for (const [state, count] of Object.entries(all)) webhooks.labels(state).set(count);
}

export async function metricsText(db: Db): Promise<{ type: string; text: string }> {
  if (!collecting) {
    // From the first scrape on: a server that nobody watches does not watch itself.
    collectDefaultMetrics({ register: registry });
    collecting = true;
  }
  await countAllJobs(db);
  await countAllWebhooks(db);
  return { type: registry.contentType, text: await registry.metrics() };
}
