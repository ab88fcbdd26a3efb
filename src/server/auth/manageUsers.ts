import type { ShownOnce, User, UserInput, UserPatch } from '../../contract/organizations.ts';
import type { Auth } from './auth.ts';

export async function listUsers(_auth: Auth, _organization: string): Promise<User[]> {
  throw new Error('not written yet');
}

/** Adds a user; conflict when the username is taken. Makes a password up, and answers it, when none is given. */
export async function createUser(
  _auth: Auth,
  _organization: string,
  _input: UserInput,
  _operator = false,
): Promise<User & ShownOnce> {
  throw new Error('not written yet');
}

/** Changes a user. The last enabled administrator of an organization can be neither demoted nor disabled: conflict. */
export async function patchUser(
  _auth: Auth,
  _organization: string,
  _id: string,
  _patch: UserPatch,
): Promise<User> {
  throw new Error('not written yet');
}

export async function deleteUser(_auth: Auth, _organization: string, _id: string): Promise<void> {
  throw new Error('not written yet');
}
