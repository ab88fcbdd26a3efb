import type { ChangeKind } from './changes.ts';

/**
 * A webhook: where an organization's changes are posted as they happen. It keeps a place in the change feed, which moves on
 * only when the receiver has answered 2xx; so nothing is lost, and order is kept.
 */
export interface Webhook {
  WebhookID: string;
  Name: string;
  /** Where to post: http or https, without user and password. */
  URL: string;
  /** Changes of these kinds are posted. */
  Kinds: ChangeKind[];
  Enabled: boolean;
  /** Why the server gave it up; null while it is enabled, or when a person disabled it. */
  DisabledReason: string | null;
  /** Token of the change feed behind what was delivered last. */
  Token: string;
  /** Attempts in a row that failed. */
  FailedAttempts: number;
  /** UTC, ISO 8601: when a delivery that failed is tried again; null when none is waiting. */
  NextAttempt: string | null;
  Created: string;
}

/** Body of `POST /webhooks`. It begins with what is changed from then on. */
export interface WebhookInput {
  URL: string;
  /** The host of the URL when absent. */
  Name?: string;
  /** All when absent. */
  Kinds?: ChangeKind[];
}

/** Body of `PATCH /webhooks/{id}`. Enabling it goes on where it stopped, at once. */
export interface WebhookPatch extends Partial<WebhookInput> {
  Enabled?: boolean;
}

/** Answer of `POST /webhooks`: the only time its secret is shown. */
export interface NewWebhook extends Webhook {
  /** `whsec_` and base64: the key of the signatures. */
  Secret: string;
}

/** Answer of `POST /webhooks/{id}/secret`. */
export interface WebhookSecret {
  Secret: string;
  /** UTC, ISO 8601: until then every post carries a signature by the old secret too. */
  OldSecretUntil: string;
}

/** One attempt to deliver. */
export interface WebhookDelivery {
  /** `webhook-id` of the post: the same for every attempt to deliver the same changes. */
  DeliveryID: string;
  /** UTC, ISO 8601. */
  Started: string;
  /** Milliseconds until the answer or the failure. */
  Duration: number;
  /** HTTP status of the answer; null: there was none. */
  Status: number | null;
  /** Why it counts as failed; null: delivered. */
  Error: string | null;
  /** Counts the attempts to deliver the same changes from 1. */
  Attempt: number;
  /** How many changes the post named. */
  Changes: number;
  /** Whether it was asked for by `POST /webhooks/{id}/test`. */
  Test: boolean;
}

/** The body of a post, in JSON. */
export interface WebhookPost {
  type: 'changes' | 'test';
  /** UTC, ISO 8601: of the first attempt. */
  timestamp: string;
  data: {
    organization: string;
    /** What was changed, in the order of the feed; the records are to be fetched. Empty in a test. */
    changes: { kind: ChangeKind; id: string; version: number; deleted: boolean }[];
    /** Tokens of the feed before and behind these changes. */
    since: string;
    token: string;
  };
}
