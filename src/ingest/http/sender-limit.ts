import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WaitMs } from './gate';

/**
 * Counts each sender's posts by seconds: those beyond the limit wait for the next. By sender and not by address, which behind a load
 * balancer says nothing; so it is asked when a sender is proven, which for a signature is after the body.
 */
export const createSenderLimit = async (scope: FastifyInstance, maxPerSecond: number): Promise<WaitMs> => {
  const senders = new WeakMap<FastifyRequest, string>();
  await scope.register(rateLimit, { global: false });
  const count = scope.createRateLimit({
    max: maxPerSecond,
    timeWindow: 1_000,
    keyGenerator: (request) => senders.get(request) ?? '',
  });
  return async (request, sender) => {
    senders.set(request, sender);
    const seen = await count(request);
    return !seen.isAllowed && seen.isExceeded ? Math.max(1, seen.ttl) : 0;
  };
};
