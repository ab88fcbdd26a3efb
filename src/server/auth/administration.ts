/** What the administration endpoints do, by resource. Every function answers the contract's wire shapes or throws ApiError. */
export { ensureFirstAdministrator, type FirstAdministrator } from './firstAdministrator.ts';
export { createClient, deleteClient, listClients, patchClient } from './manageClients.ts';
export { createKey, deleteKey, listKeys } from './manageKeys.ts';
export { createUser, deleteUser, listUsers, patchUser, prepareUser } from './manageUsers.ts';
export { rotateSigningKey } from './rotateSigningKey.ts';
export { sweepSignIns } from './sweepSignIns.ts';
