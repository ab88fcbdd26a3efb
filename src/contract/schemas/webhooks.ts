import { Type } from 'typebox';
import { CHANGE_KINDS } from '../changes.ts';
import type {
  NewWebhook,
  Webhook,
  WebhookDelivery,
  WebhookInput,
  WebhookPatch,
  WebhookSecret,
} from '../webhooks.ts';
import { closed, described, name, nullable, oneOf, shape } from './shape.ts';

const url = Type.String({
  minLength: 1,
  maxLength: 2000,
  description: 'Where to post: http or https, without user and password, to a public address.',
});
const kinds = Type.Array(oneOf(...CHANGE_KINDS), {
  minItems: 1,
  uniqueItems: true,
  description: 'Changes of these kinds are posted; all when absent.',
});
const calledAs = described(name(), 'How it is called; the host of the URL when absent.');
const secret = Type.String({ description: '`whsec_` and base64: the key of the signatures. Shown once.' });

const members = {
  WebhookID: Type.String({ description: 'Given by the server.' }),
  Name: Type.String({ description: 'How it is called.' }),
  URL: Type.String({ description: 'Where it posts.' }),
  Kinds: described(Type.Array(oneOf(...CHANGE_KINDS)), 'Changes of these kinds are posted.'),
  Enabled: Type.Boolean({ description: 'Whether it posts.' }),
  DisabledReason: described(nullable(Type.String()), 'Why the server gave it up.'),
  Token: Type.String({ description: 'Token of the change feed behind what was delivered last.' }),
  FailedAttempts: Type.Integer({ description: 'Attempts in a row that failed.' }),
  NextAttempt: described(nullable(Type.String()), 'When a delivery that failed is tried again.'),
  Created: Type.String({ description: 'UTC, ISO 8601' }),
};

export const WebhookSchema = shape<Webhook>()(Type.Object(members));
export const NewWebhookSchema = shape<NewWebhook>()(Type.Object({ ...members, Secret: secret }));

export const WebhookInputSchema = shape<WebhookInput>()(
  Type.Object(
    { URL: url, Name: Type.Optional(calledAs), Kinds: Type.Optional(kinds) },
    { ...closed, examples: [{ URL: 'https://motion.example/hook', Kinds: ['session', 'report'] }] },
  ),
);

export const WebhookPatchSchema = shape<WebhookPatch>()(
  Type.Object(
    {
      URL: Type.Optional(url),
      Name: Type.Optional(calledAs),
      Kinds: Type.Optional(kinds),
      Enabled: Type.Optional(
        Type.Boolean({ description: 'true: goes on where it stopped, at once; false: posts nothing.' }),
      ),
    },
    { ...closed, minProperties: 1, examples: [{ Kinds: ['report'] }] },
  ),
);

export const WebhookSecretSchema = shape<WebhookSecret>()(
  Type.Object({
    Secret: secret,
    OldSecretUntil: Type.String({
      description: 'Until then every post carries a signature by the old secret too.',
    }),
  }),
);

export const WebhookDeliverySchema = shape<WebhookDelivery>()(
  Type.Object({
    DeliveryID: Type.String({
      description: '`webhook-id` of the post: the same for every attempt to deliver the same changes.',
    }),
    Started: Type.String({ description: 'UTC, ISO 8601' }),
    Duration: Type.Number({ description: 'milliseconds until the answer or the failure' }),
    Status: described(nullable(Type.Integer()), 'HTTP status of the answer; null: there was none.'),
    Error: described(nullable(Type.String()), 'Why it counts as failed; null: delivered.'),
    Attempt: Type.Integer({ description: 'Counts the attempts to deliver the same changes from 1.' }),
    Changes: Type.Integer({ description: 'How many changes the post named.' }),
    Test: Type.Boolean(),
  }),
);
