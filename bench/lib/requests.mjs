// Requests for pages of an archive: signed in as its users, at places drawn in advance.
import { randomUUID } from 'node:crypto';
import { startSignIn } from '../../dist/server/auth/startSignIn.js';
import { writeCursor } from '../../dist/server/cursor.js';
import { getOrCreateSecret } from '../../dist/store/secrets.js';
import { findAccount } from '../../dist/store/users.js';
import { BENCH, shareOf } from '../load.mjs';
import { seeded, timeOf, uuidOf } from './generator.mjs';
import { openStore } from './store.mjs';

const LIMIT = 100;
/** More pages than the page cache holds, by far: nearly every request asks the store. */
const PLACES = 20_000;

/** Signs in to every organization without passing through HTTP, before the server opens the store; what it takes to ask. */
export async function openDoors(databaseUrl, { organizations }) {
  const { db, auth } = await openStore(databaseUrl);
  try {
    const tokens = new Map();
    for (let number = 1; number <= organizations; number++) {
      const account = await findAccount(db, BENCH.username(`org-${number}`));
      const subject = { account, clientId: BENCH.clientId, origin: randomUUID(), begun_ms: Date.now() };
      const { AuthenticationResult } = await startSignIn(auth, subject);
      tokens.set(`org-${number}`, AuthenticationResult.IdToken);
    }
    return { tokens, cursorSecret: await getOrCreateSecret(db, 'cursor') };
  } finally {
    await db.close();
  }
}

/** Whole pages at random places of random organizations: where they begin by time, and the number of the page that is nearest. */
export function randomPlaces(shape, count = PLACES, seed = 4) {
  const random = seeded(seed);
  return Array.from({ length: count }, () => {
    const number = 1 + Math.floor(random() * shape.organizations);
    const sessions = shareOf(number, shape);
    const skipped = Math.floor(random() * (sessions - LIMIT));
    return {
      organization: `org-${number}`,
      page: Math.floor(skipped / LIMIT),
      recordedAt_us: timeOf(sessions - skipped, sessions),
      sessionId: uuidOf(timeOf(sessions - skipped, sessions), random),
    };
  });
}

/** The first pages of all organizations. */
export const firstPlaces = ({ organizations }) =>
  Array.from({ length: organizations }, (_, index) => ({ organization: `org-${index + 1}`, page: 0 }));

/** The last whole pages of all organizations. */
export const lastPlaces = (shape) =>
  Array.from({ length: shape.organizations }, (_, index) => {
    const sessions = shareOf(index + 1, shape);
    return {
      organization: `org-${index + 1}`,
      page: Math.floor(sessions / LIMIT) - 1,
      recordedAt_us: timeOf(LIMIT - 1, sessions),
      sessionId: uuidOf(timeOf(LIMIT - 1, sessions), seeded(index)),
    };
  });

/** The request that answers the page at a place. */
export function ourRequest({ tokens, cursorSecret }, { organization, recordedAt_us, sessionId }) {
  const headers = { authorization: `Bearer ${tokens.get(organization)}` };
  if (recordedAt_us !== undefined)
    headers['x-continuation-token'] = writeCursor(
      cursorSecret,
      organization,
      { order: 'newest' },
      { recordedAt_us, sessionId },
    );
  return { path: `/sessions?limit=${LIMIT}`, headers };
}

/** The whole answer to a request, after a check that it holds a page of 100 sessions. */
export async function samplePage(url, { path, headers }, count = countOurs) {
  const response = await fetch(`${url}${path}`, { headers: { ...headers, 'accept-encoding': 'identity' } });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (!response.ok) throw new Error(`${url}${path}: ${bytes}`);
  const found = count(JSON.parse(bytes));
  if (found !== LIMIT) throw new Error(`${url}${path}: ${found} sessions`);
  return bytes;
}

const countOurs = ({ body }) => JSON.parse(body).length;
