import type {
  NewWebhook,
  Webhook,
  WebhookDelivery,
  WebhookInput,
  WebhookPatch,
  WebhookSecret,
} from '../contract/webhooks.ts';
import type { CallOptions, Request } from './call.ts';
import { type List, listWhole } from './pages.ts';
import type { Send } from './request.ts';

/** Where changes are posted as they happen. For administrators. */
export interface Webhooks {
  list(options?: CallOptions): List<Webhook>;
  get(id: string, options?: CallOptions): Promise<Webhook>;
  /** The secret is in this answer and nowhere else. */
  create(input: WebhookInput, options?: CallOptions): Promise<NewWebhook>;
  /** `{ Enabled: true }` goes on where it stopped. */
  patch(id: string, changes: WebhookPatch, options?: CallOptions): Promise<Webhook>;
  delete(id: string, options?: CallOptions): Promise<void>;
  /** Posts a test now; answers what came of it, also when that was a failure. */
  test(id: string, options?: CallOptions): Promise<WebhookDelivery>;
  /** The last 200 attempts, newest first. */
  deliveries(id: string, options?: CallOptions): List<WebhookDelivery>;
  /** Another secret, in this answer and nowhere else; the old one signs too for a day. */
  rotateSecret(id: string, options?: CallOptions): Promise<WebhookSecret>;
}

export function webhooks(send: Send): Webhooks {
  const value = async <T>(request: Request) => (await send(request)).value as T;
  return {
    list: (options) => listWhole(send, { endpoint: 'listWebhooks' }, options),
    get: (id, options) => value({ endpoint: 'getWebhook', id, ...options }),
    create: (json, options) => value({ endpoint: 'createWebhook', json, ...options }),
    patch: (id, json, options) => value({ endpoint: 'patchWebhook', id, json, ...options }),
    delete: async (id, options) => {
      await send({ endpoint: 'deleteWebhook', id, ...options });
    },
    test: (id, options) => value({ endpoint: 'testWebhook', id, ...options }),
    deliveries: (id, options) => listWhole(send, { endpoint: 'listDeliveries', id }, options),
    rotateSecret: (id, options) => value({ endpoint: 'rotateWebhookSecret', id, ...options }),
  };
}
