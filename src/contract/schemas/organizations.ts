import { Type } from 'typebox';
import type {
  ApiKey,
  ApiKeyInput,
  Client,
  ClientInput,
  NewApiKey,
  Organization,
  OrganizationInput,
  ShownOnce,
  User,
  UserInput,
  UserPatch,
} from '../organizations.ts';
import { closed, described, name, nullable, oneOf, shape } from './shape.ts';

const role = described(
  oneOf('admin', 'coach', 'viewer'),
  '`viewer` reads, `coach` also records, `admin` also manages users, clients and keys.',
);
const calledAs = described(name(), 'How it is called.');
const scopes = Type.Array(oneOf('read', 'record', 'admin'), {
  minItems: 1,
  uniqueItems: true,
  description: 'What the key may do.',
});
const bodyForm = described(
  oneOf('string', 'json'),
  'What `body` of an answer is: a `string` of JSON, or the value itself.',
);
const password = Type.String({
  minLength: 10,
  maxLength: 256,
  description: 'At least ten characters; made up and answered once where absent on creation.',
});
const username = Type.String({
  minLength: 3,
  maxLength: 254,
  pattern: '^[^\\s@]+@[^\\s@]+$',
  description: 'An e-mail address.',
});

const organizationId = Type.String({ description: 'Stands in tokens, and is never changed.' });

export const OrganizationSchema = shape<Organization>()(
  Type.Object({
    OrganizationID: organizationId,
    Name: calledAs,
    Version: Type.Integer({ description: 'Counts the changes of its records.' }),
  }),
);

export const OrganizationInputSchema = shape<OrganizationInput>()(
  Type.Object(
    {
      Name: calledAs,
      OrganizationID: Type.Optional(
        Type.String({
          pattern: '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$',
          description: 'Made from Name when absent.',
        }),
      ),
      Admin: Type.Optional(username),
      Password: Type.Optional(password),
    },
    { ...closed, examples: [{ Name: 'Lakeside Clinic', Admin: 'head@lakeside.example' }] },
  ),
);

const userMembers = {
  UserID: Type.String({ description: 'Given by the server.' }),
  Username: Type.String({ description: 'The e-mail address to sign in with.' }),
  Role: role,
  Enabled: Type.Boolean({ description: 'Whether the user may sign in.' }),
  Operator: Type.Boolean({ description: 'May create organizations and rotate the signing key.' }),
};

export const UserSchema = shape<User>()(Type.Object(userMembers));
export const NewUserSchema = shape<User & ShownOnce>()(
  Type.Object({ ...userMembers, Password: Type.Optional(Type.String({ description: 'Shown once.' })) }),
);
export const NewOrganizationSchema = shape<Organization & { Admin?: User & ShownOnce }>()(
  Type.Object({
    OrganizationID: organizationId,
    Name: calledAs,
    Version: Type.Integer({ description: 'Counts the changes of its records.' }),
    Admin: Type.Optional(NewUserSchema),
  }),
);
export const UserInputSchema = shape<UserInput>()(
  Type.Object(
    { Username: username, Role: role, Password: Type.Optional(password) },
    { ...closed, examples: [{ Username: 'ada@riverside.example', Role: 'coach' }] },
  ),
);
export const UserPatchSchema = shape<UserPatch>()(
  Type.Object(
    {
      Role: Type.Optional(role),
      Enabled: Type.Optional(Type.Boolean({ description: 'Whether the user may sign in.' })),
      Password: Type.Optional(password),
    },
    { ...closed, minProperties: 1, examples: [{ Enabled: false }] },
  ),
);

export const ClientSchema = shape<Client>()(
  Type.Object({
    ClientID: Type.String({ description: 'What sign-ins send as `ClientId`.' }),
    Name: calledAs,
    BodyForm: bodyForm,
  }),
);
export const ClientInputSchema = shape<ClientInput>()(
  Type.Object(
    {
      Name: calledAs,
      BodyForm: Type.Optional(bodyForm),
      ClientID: Type.Optional(
        Type.String({ pattern: '^[A-Za-z0-9_+-]{1,128}$', description: 'Made up when absent.' }),
      ),
    },
    { ...closed, examples: [{ Name: 'Dashboard', BodyForm: 'json' }] },
  ),
);
export const ClientPatchSchema = shape<Partial<Omit<ClientInput, 'ClientID'>>>()(
  Type.Object(
    { Name: Type.Optional(calledAs), BodyForm: Type.Optional(bodyForm) },
    { ...closed, minProperties: 1, examples: [{ BodyForm: 'string' }] },
  ),
);

const keyMembers = {
  KeyID: Type.String({ description: 'By which it is revoked.' }),
  Name: calledAs,
  Scopes: scopes,
  BodyForm: bodyForm,
  Expires: described(nullable(Type.String()), 'UTC, ISO 8601; null: never.'),
  Created: Type.String({ description: 'UTC, ISO 8601' }),
  Revoked: Type.Boolean({ description: 'No longer accepted.' }),
};

export const ApiKeySchema = shape<ApiKey>()(Type.Object(keyMembers));
export const NewApiKeySchema = shape<NewApiKey>()(
  Type.Object({ ...keyMembers, Key: Type.String({ description: 'The key itself; shown once.' }) }),
);
export const ApiKeyInputSchema = shape<ApiKeyInput>()(
  Type.Object(
    {
      Name: calledAs,
      Scopes: Type.Optional(scopes),
      BodyForm: Type.Optional(bodyForm),
      Expires: Type.Optional(described(nullable(Type.String()), 'ISO 8601; null or absent: never.')),
    },
    { ...closed, examples: [{ Name: 'Nightly mirror', Scopes: ['read'] }] },
  ),
);
