/** Who may call what. Roles belong to people, scopes to tokens; an endpoint names the one scope it needs. */

export type Role = 'admin' | 'coach' | 'viewer';
export type Scope = 'read' | 'record' | 'admin';

/** `public` needs no token. `operator` is an administrator of the installation: may create organizations. */
export type Access = 'public' | Scope | 'operator';

export const SCOPES_OF: Record<Role, readonly Scope[]> = {
  admin: ['read', 'record', 'admin'],
  coach: ['read', 'record'],
  viewer: ['read'],
};
