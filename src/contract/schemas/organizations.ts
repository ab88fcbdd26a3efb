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

export const OrganizationSchema = shape<Organization>()(
  Type.Object({ OrganizationID: Type.String(), Name: Type.String(), Version: Type.Integer() }),
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
    closed,
  ),
);

const userMembers = {
  UserID: Type.String(),
  Username: Type.String(),
  Role: role,
  Enabled: Type.Boolean(),
  Operator: Type.Boolean(),
};

export const UserSchema = shape<User>()(Type.Object(userMembers));
export const NewUserSchema = shape<User & ShownOnce>()(
  Type.Object({ ...userMembers, Password: Type.Optional(Type.String({ description: 'Shown once.' })) }),
);
export const NewOrganizationSchema = shape<Organization & { Admin?: User & ShownOnce }>()(
  Type.Object({
    OrganizationID: Type.String(),
    Name: Type.String(),
    Version: Type.Integer(),
    Admin: Type.Optional(NewUserSchema),
  }),
);
export const UserInputSchema = shape<UserInput>()(
  Type.Object({ Username: username, Role: role, Password: Type.Optional(password) }, closed),
);
export const UserPatchSchema = shape<UserPatch>()(
  Type.Object(
    {
      Role: Type.Optional(role),
      Enabled: Type.Optional(Type.Boolean({ description: 'Whether the user may sign in.' })),
      Password: Type.Optional(password),
    },
    { ...closed, minProperties: 1 },
  ),
);

export const ClientSchema = shape<Client>()(
  Type.Object({ ClientID: Type.String(), Name: Type.String(), BodyForm: bodyForm }),
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
    closed,
  ),
);
export const ClientPatchSchema = shape<Partial<Omit<ClientInput, 'ClientID'>>>()(
  Type.Object(
    { Name: Type.Optional(calledAs), BodyForm: Type.Optional(bodyForm) },
    { ...closed, minProperties: 1 },
  ),
);

const keyMembers = {
  KeyID: Type.String(),
  Name: Type.String(),
  Scopes: scopes,
  BodyForm: bodyForm,
  Expires: nullable(Type.String()),
  Created: Type.String(),
  Revoked: Type.Boolean(),
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
    closed,
  ),
);
