import type { Auth } from './auth.ts';

/** Signs with a new key from now on; tokens signed before stay good until they expire. */
export async function rotateSigningKey(auth: Auth): Promise<{ KeyID: string; Created: string }> {
  const key = await auth.keys.rotate();
  return { KeyID: key.id, Created: new Date(key.created_us / 1000).toISOString() };
}
