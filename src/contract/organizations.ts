import type { Role, Scope } from './access.ts';
import type { BodyForm } from './wire.ts';

/** An organization: the wall around athletes, sessions, users and keys. */
export interface Organization {
  OrganizationID: string;
  Name: string;
  /** Grows by one or more with every committed change inside the organization. */
  Version: number;
}

/** Body of `POST /organizations`. The first administrator's password is made up and answered once when absent. */
export interface OrganizationInput {
  Name: string;
  /** Lower-case letters, digits and hyphens; made from the name when absent. */
  OrganizationID?: string;
  /** E-mail address of the first administrator. */
  Admin?: string;
  Password?: string;
}

export interface User {
  UserID: string;
  /** E-mail address; unique in the installation. */
  Username: string;
  Role: Role;
  Enabled: boolean;
  /** May create organizations. */
  Operator: boolean;
}

/** Body of `POST /users`. */
export interface UserInput {
  Username: string;
  Role: Role;
  /** At least 10 characters; made up and answered once when absent. */
  Password?: string;
}

/** Body of `PATCH /users/{id}`. Disabling a user or setting a password ends every sign-in of that user. */
export interface UserPatch {
  Role?: Role;
  Enabled?: boolean;
  Password?: string;
}

/** A secret that is shown in this one answer and never again. */
export interface ShownOnce {
  /** Password of a new user, when it was made up here. */
  Password?: string;
}

/** An app client: the id that sign-in requests carry, and the form of body that its tokens get. */
export interface Client {
  ClientID: string;
  Name: string;
  /** `string` as deployed clients expect; `json` for clients that read the value itself. */
  BodyForm: BodyForm;
}

/** Body of `POST /clients`; the id is made up when absent. */
export interface ClientInput {
  Name: string;
  BodyForm?: BodyForm;
  /** 1–128 letters, digits, `_`, `+` or `-`. */
  ClientID?: string;
}

/** An API key: a long-lived bearer token for a server. The key itself is stored as a hash only. */
export interface ApiKey {
  KeyID: string;
  Name: string;
  Scopes: Scope[];
  BodyForm: BodyForm;
  /** UTC, ISO 8601; null: never. */
  Expires: string | null;
  Created: string;
  Revoked: boolean;
}

/** Body of `POST /keys`. */
export interface ApiKeyInput {
  Name: string;
  /** `["read"]` when absent. */
  Scopes?: Scope[];
  BodyForm?: BodyForm;
  /** ISO 8601, in the future; null or absent: never. */
  Expires?: string | null;
}

/** Answer of `POST /keys`: the only time the key itself is shown. */
export interface NewApiKey extends ApiKey {
  Key: string;
}
