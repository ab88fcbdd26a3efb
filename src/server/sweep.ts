import { sweepJobs } from '../store/jobs.ts';
import { claimDue, forgetLoose } from '../store/looseObjects.ts';
import { listOrganizations } from '../store/organizations.ts';
import { nowMicroseconds } from '../store/time.ts';
import { sweepSignIns } from './auth/administration.ts';
import type { Deps } from './call.ts';
import { objectsOf } from './sessionObjects.ts';

const EVERY_MS = 10 * 60_000;
/** Finished jobs are counted for a day. */
const KEEP_DONE_US = 86_400 * 1e6;

/** Removes what is due of an organization's loose objects: of deleted sessions, and of recordings that a crash cut off. */
export async function sweepOrganization(
  { db, objects, now }: Pick<Deps, 'db' | 'objects' | 'now'>,
  organization: string,
): Promise<void> {
  for (const prefix of await claimDue(db, organization, nowMicroseconds(now()))) {
    await objects.deleteAll(objectsOf(organization, prefix));
    await forgetLoose(db, organization, prefix);
  }
}

/** Sweeps every organization now and from then on now and then; answers a function that ends it. */
export function keepSweeping(deps: Deps): () => Promise<void> {
  const sweep = async () => {
    try {
      for (const { OrganizationID } of await listOrganizations(deps.db)) {
        await sweepOrganization(deps, OrganizationID);
        await sweepJobs(deps.db, OrganizationID, nowMicroseconds(deps.now()) - KEEP_DONE_US);
      }
      await sweepSignIns(deps.auth);
    } catch (error) {
      deps.log.warn({ err: error }, 'sweeping failed; it is tried again');
    }
  };
  let running = sweep();
  const timer = setInterval(() => {
    running = running.then(sweep);
  }, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}
