import type { Auth } from './auth.ts';

export interface FirstAdministrator {
  organization: string;
  username: string;
  clientId: string;
  /** Shown once. */
  password: string;
}

/**
 * Makes the first account of a new installation: organization `main`, an administrator who may create organizations,
 * and the client id `kinebase`, open to all organizations. Null when there is any user already.
 */
export async function ensureFirstAdministrator(_auth: Auth): Promise<FirstAdministrator | null> {
  throw new Error('not written yet');
}
