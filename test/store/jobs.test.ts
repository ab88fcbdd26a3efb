import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import {
  claimJob,
  countJobs,
  failedJobs,
  failJob,
  finishJob,
  type Job,
  postponeJob,
  releaseJobs,
  renewClaim,
  sweepJobs,
} from '../../src/store/jobs.ts';
import { countOutdated, queueSlice } from '../../src/store/recomputation.ts';
import { deleteSession } from '../../src/store/sessions.ts';
import { describeEngines } from './engines.ts';
import { furnish, record, session } from './records.ts';

const ORDER = { pipelineVersion: 2, anyway: false, again: false };
const AGAIN = { pipelineVersion: 2, anyway: true, again: true };

async function filled(db: Db, organization: string, ids: readonly string[]): Promise<void> {
  await furnish(db, organization);
  for (const id of ids) await record(db, organization, session(id));
}

/** What the queue should be: an object a session. */
interface Entry {
  state: 'waiting' | 'running' | 'done' | 'failed';
  due_us: number | null;
  claim: string | null;
  attempts: number;
}

describeEngines('The queue', (opened) => {
  test('is what a plain list is, whatever happens in whatever order', async () => {
    const ids = ['a', 'b', 'c'];
    const step = fc.oneof(
      fc.record({ what: fc.constant('queue'), id: fc.constantFrom(...ids), again: fc.boolean() }),
      fc.record({ what: fc.constant('claim'), for_us: fc.integer({ min: 1, max: 30 }) }),
      fc.record({
        what: fc.constantFrom('finish', 'fail', 'postpone', 'interrupt', 'renew'),
        which: fc.nat(5),
      }),
      fc.record({ what: fc.constantFrom('release', 'sweep') }),
    );
    type Step = { what: string; id?: string; again?: boolean; for_us?: number; which?: number };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { db } = opened;
        const organization = await opened.organization();
        await filled(db, organization, ids);
        const model = new Map<string, Entry>();
        const held: Job[] = [];
        let now_us = 100;
        for (const { what, id = '', again = false, for_us = 0, which = 0 } of steps as Step[]) {
          now_us += 10;
          const job = held[which % Math.max(1, held.length)];
          const entry = job && model.get(job.subject);
          const ours = entry?.claim != null && entry.claim === job!.claim;
          if (what === 'queue') {
            const order = again ? AGAIN : ORDER;
            await queueSlice(db, organization, { sessionId: id }, order, '', 5, now_us);
            const there = model.get(id);
            if (there === undefined || there.state === 'done' || again)
              model.set(id, { state: 'waiting', due_us: now_us, claim: null, attempts: 0 });
          } else if (what === 'claim') {
            const due = [...model]
              .filter(([, { due_us }]) => due_us !== null && due_us <= now_us)
              .sort(([a, one], [b, two]) => one.due_us! - two.due_us! || (a < b ? -1 : 1));
            const claimed = await claimJob(db, organization, `${now_us}`, now_us, now_us + for_us);
            expect(claimed?.subject).toBe(due[0]?.[0]);
            if (claimed === null) continue;
            held.push(claimed);
            const { attempts } = model.get(claimed.subject)!;
            expect(claimed.attempts).toBe(attempts + 1);
            const taken = { due_us: now_us + for_us, claim: `${now_us}`, attempts: attempts + 1 };
            model.set(claimed.subject, { state: 'running', ...taken });
          } else if (what === 'release') {
            await releaseJobs(db, organization, now_us);
            for (const [each, { state, attempts }] of model)
              if (state === 'running')
                model.set(each, { state: 'waiting', due_us: now_us, claim: null, attempts });
          } else if (what === 'sweep') {
            await sweepJobs(db, organization, now_us);
            for (const [each, { state }] of model) if (state === 'done') model.delete(each);
          } else if (job !== undefined) {
            const rest = { claim: null, attempts: entry?.attempts ?? 0 };
            if (what === 'finish') {
              expect(await finishJob(db, organization, job, now_us)).toBe(ours);
              if (ours) model.set(job.subject, { ...rest, state: 'done', due_us: null });
            } else if (what === 'fail') {
              await failJob(db, organization, job, 'why', now_us);
              if (ours) model.set(job.subject, { ...rest, state: 'failed', due_us: null });
            } else if (what === 'renew') {
              expect(await renewClaim(db, organization, job, now_us + 15)).toBe(ours);
              if (ours) model.set(job.subject, { ...entry!, due_us: now_us + 15 });
            } else {
              const error = what === 'postpone' ? 'why' : null;
              await postponeJob(db, organization, job, error, now_us + 5, now_us);
              const attempts = job.attempts - (error === null ? 1 : 0);
              if (ours)
                model.set(job.subject, { state: 'waiting', due_us: now_us + 5, claim: null, attempts });
            }
          }
          const counted = { waiting: 0, running: 0, done: 0, failed: 0 };
          for (const { state } of model.values()) counted[state]++;
          expect(await countJobs(db, organization)).toEqual(counted);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('gives each job to one of many who ask at the same time, and keeps none back', async () => {
    const { db } = opened;
    const organization = await opened.organization();
    const ids = Array.from({ length: 40 }, (_, i) => `s${String(i).padStart(2, '0')}`);
    await filled(db, organization, ids);
    await queueSlice(db, organization, {}, ORDER, '', 100, 10);
    const work = async (name: string) => {
      const mine: string[] = [];
      for (let i = 0; ; i++) {
        const job = await claimJob(db, organization, `${name}${i}`, 20, 1000);
        if (job === null) return mine;
        mine.push(job.subject);
      }
    };
    const all = (await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(work))).flat();
    expect(all.sort()).toEqual(ids);
  });

  test('is filled in slices that meet every session once, and only those that are outdated', async () => {
    const { db } = opened;
    const organization = await opened.organization();
    await furnish(db, organization);
    for (let i = 0; i < 25; i++)
      await record(db, organization, session(`s${i}`, { pipelineVersion: i % 5 === 0 ? 2 : 1 }));
    let after: string | null = '';
    let slices = 0;
    while (after !== null) {
      after = await queueSlice(db, organization, { pipelineVersion: 1 }, ORDER, after, 6, 10);
      slices++;
    }
    expect(slices).toBe(5);
    expect(await countJobs(db, organization)).toMatchObject({ waiting: 20 });
    expect(await countOutdated(db, organization, 2)).toBe(20);
  });

  test('leaves alone what a newer order does not ask for', async () => {
    const { db } = opened;
    const organization = await opened.organization();
    await filled(db, organization, ['a']);
    const queue = (order: typeof ORDER) => queueSlice(db, organization, {}, order, '', 5, 10);
    await queue(ORDER);
    const job = (await claimJob(db, organization, 'c', 11, 100))!;
    await queue(ORDER);
    expect(await countJobs(db, organization)).toMatchObject({ running: 1 });
    await queue(AGAIN);
    expect(await finishJob(db, organization, job, 12)).toBe(false);
    const next = (await claimJob(db, organization, 'd', 13, 100))!;
    expect([next.anyway, next.attempts]).toEqual([true, 1]);
    await failJob(db, organization, next, 'cannot be read', 14);
    await queue(ORDER);
    expect(await failedJobs(db, organization)).toEqual([
      { subject: 'a', error: 'cannot be read', attempts: 1 },
    ]);
    await queue({ ...ORDER, pipelineVersion: 3 });
    expect(await countJobs(db, organization)).toMatchObject({ waiting: 1, failed: 0 });
  });

  test('forgets what was to be done for a session that is removed', async () => {
    const { db } = opened;
    const organization = await opened.organization();
    await filled(db, organization, ['a', 'b']);
    await queueSlice(db, organization, {}, ORDER, '', 5, 10);
    await deleteSession(db, organization, 'a', 20);
    expect((await claimJob(db, organization, 'c', 30, 40))?.subject).toBe('b');
    expect(await claimJob(db, organization, 'd', 30, 40)).toBe(null);
  });
});
