import type { Bell } from '../bell.ts';

/** What the endpoints of webhooks and the deliveries share. */
export interface WebhookDesk {
  /** Whether posts may lead into the server's own network. */
  readonly allowPrivate: boolean;
  /** How often a webhook was made or changed here. */
  readonly edits: number;
  /** Called when one was: what was found quiet is looked at again, at once. */
  changed(): void;
}

export function createWebhookDesk(allowPrivate: boolean, bell: Bell): WebhookDesk {
  let edits = 0;
  return {
    allowPrivate,
    get edits() {
      return edits;
    },
    changed() {
      edits++;
      bell.wake();
    },
  };
}
