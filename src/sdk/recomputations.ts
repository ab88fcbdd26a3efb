import type { Recomputation, RecomputationInput } from '../contract/recomputation.ts';
import type { CallOptions } from './call.ts';
import type { Send } from './request.ts';

export interface Recomputations {
  /** How far it is. */
  get(options?: CallOptions): Promise<Recomputation>;
  /**
   * Queues reports to be computed again; the old ones are kept.
   *
   * @example
   * await client.exercises.patch(id, { Metrics });
   * await client.recomputation.start({ 'Exercise ID': id });
   */
  start(input: RecomputationInput, options?: CallOptions): Promise<Recomputation>;
}

export const recomputations = (send: Send): Recomputations => ({
  get: async (options) => (await send({ endpoint: 'getRecomputation', ...options })).value as Recomputation,
  // Queueing twice is queueing once.
  start: async (json, options) =>
    (await send({ endpoint: 'startRecomputation', json, repeatable: true, ...options }))
      .value as Recomputation,
});
