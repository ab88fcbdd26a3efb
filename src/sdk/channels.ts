import type { ChannelEntry, ChannelInput, ChannelsQuery } from '../contract/channels.ts';
import type { CallOptions } from './call.ts';
import { type List, type ListOptions, listPages } from './pages.ts';
import type { Send } from './request.ts';

/** What the names of series mean. */
export interface Channels {
  /** All of them, of one joint, or the series of one session: `{ s3Key: session.s3Key }`. */
  list(filters?: ChannelsQuery, options?: ListOptions): List<ChannelEntry>;
  /** Describes a channel, or describes it anew. For administrators; safe to try again after a fault. */
  put(input: ChannelInput, options?: CallOptions): Promise<ChannelEntry>;
  /** Removes an entry of the organization's own; a built-in one of that name counts again. */
  delete(channel: string, options?: CallOptions): Promise<void>;
}

export const channels = (send: Send): Channels => ({
  list: (filters = {}, options) =>
    listPages(send, { endpoint: 'listChannels', query: { ...filters } }, options),
  put: async (input, options) =>
    (await send({ endpoint: 'putChannel', json: input, repeatable: true, ...options })).value as ChannelEntry,
  delete: async (id, options) => {
    await send({ endpoint: 'deleteChannel', id, ...options });
  },
});
