import type { FastifyRequest } from 'fastify';
import { signatureHeaders, signatureToleranceSeconds } from '../../core/ingest/signature';
import type { Refusal } from '../../core/ingest/problem';
import type { Verdict } from '../authenticate';
import type { HttpOutside } from './outside';
import { createRareLine } from './rare-line';

/** Why somebody is not let in. */
export interface Denial {
  readonly refusal: Refusal;
  readonly retryAfterMs?: number;
}

/** The same for whatever is wrong: who guesses learns nothing. */
const unproven: Denial = {
  refusal: {
    problem: 'unauthenticated',
    detail:
      `Expected Authorization: Bearer with a secret that holds, or ${signatureHeaders.timestamp}, at most ${signatureToleranceSeconds} seconds off, ` +
      `and ${signatureHeaders.signature} by a secret that holds; got neither.`,
  },
};

const unknowable: Denial = {
  refusal: {
    problem: 'unavailable',
    detail: 'Expected to know the secrets of senders, they cannot be had. Send it again later.',
  },
  retryAfterMs: 5_000,
};

const tooMany: Refusal = { problem: 'too-many', detail: 'Expected fewer posts a second with this secret.' };

/** How long the sender of a request must wait before it may post; 0: not at all. */
export type WaitMs = (request: FastifyRequest, sender: string) => Promise<number>;

/** Lets in who is proven and does not come too often. */
export const createGate = ({ clock, log }: Pick<HttpOutside, 'clock' | 'log'>, waitMs: WaitMs) => {
  const sayUnproven = createRareLine(clock, log, 'Posts came whose senders did not prove themselves.');
  return async (verdict: Verdict, request: FastifyRequest): Promise<Denial | null> => {
    switch (verdict.kind) {
      case 'unproven':
        sayUnproven();
        return unproven;
      case 'unknowable':
        return unknowable;
      case 'proven': {
        const retryAfterMs = await waitMs(request, verdict.sender);
        return retryAfterMs > 0 ? { refusal: tooMany, retryAfterMs } : null;
      }
      default:
        return verdict satisfies never;
    }
  };
};

export type Gate = ReturnType<typeof createGate>;
