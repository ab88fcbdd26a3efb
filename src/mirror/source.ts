import type { ChangeKind, Changes } from '../contract/changes.ts';
import type { Organization } from '../contract/organizations.ts';
import { isKinebaseError, type KinebaseClient, KinebaseError } from '../sdk/index.ts';
import { MirrorError } from './error.ts';
import type { MirrorSource } from './manifest.ts';

/**
 * What the server is: Kinebase says whose records they are and tells of changes; any other server has lists only. Throws
 * KinebaseError where the answer does not say it: a mirror must not be taken for one of another kind of server.
 */
export async function organizationOf(
  client: KinebaseClient,
  signal?: AbortSignal,
): Promise<Organization | null> {
  return offered(client.organization({ signal }).then(refuseUnnamed));
}

function refuseUnnamed(organization: Organization): Organization {
  const id: unknown = organization?.OrganizationID;
  if (typeof id === 'string' && id !== '') return organization;
  throw new KinebaseError('bad_answer', 'The answer about the organization names no OrganizationID.', {
    status: 200,
    body: organization,
  });
}

/** The pages of the change feed; null where the server has none. */
export async function changesOf(
  client: KinebaseClient,
  since: string | null,
  signal: AbortSignal,
  kinds?: readonly ChangeKind[],
): Promise<AsyncIterable<Changes> | null> {
  const list = client.changes({ since, limit: CHANGES, kinds, signal });
  // The first page, which the iteration then begins with.
  return (await offered(list)) === null ? null : list.pages();
}

const CHANGES = 5000;

/** What a server answers; null where it does not know the question. */
export async function offered<T>(work: PromiseLike<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isNotOffered(error)) return null;
    throw error;
  }
}

/** Servers of web pages answer a page for a path they do not have. */
export function isNotOffered(error: unknown): boolean {
  if (!isKinebaseError(error)) return false;
  const { code, body } = error;
  return code === 'not_offered' || (code === 'bad_answer' && typeof body === 'string' && /^\s*</.test(body));
}

/** Throws MirrorError where a mirror of the one would become one of the other. */
export function refuseOtherSource(
  folder: string,
  had: MirrorSource,
  has: MirrorSource,
  moved: boolean,
): void {
  const refuse = (what: string, one: string | null, other: string | null, otherwise = '') => {
    throw new MirrorError(
      'other_source',
      `${folder} mirrors the ${what} ${one}, not ${other}: choose another folder${otherwise}`,
    );
  };
  if (had.organization !== has.organization) {
    if (had.organization === null || has.organization === null)
      refuse('server', `${had.url}${kindOf(had)}`, `${has.url}${kindOf(has)}`);
    refuse('organization', had.organization, has.organization);
  }
  if (had.account !== has.account) refuse('account', had.account, has.account);
  if (had.url !== has.url && !moved)
    refuse('server', had.url, has.url, ', or say with --moved that it is the same server at a new URL');
}

const kindOf = ({ organization }: MirrorSource): string =>
  organization === null ? '' : ` (organization ${organization})`;
