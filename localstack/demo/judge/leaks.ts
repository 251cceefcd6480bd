import { findCanaries, type Canary } from '../../traffic/canary';
import type { Difference } from './difference';

/** Something that people read. */
export interface Output {
  readonly name: string;
  readonly text: string;
}

/** Secrets and customer data in what was logged or printed: plain, in base64, URL-encoded. */
export const judgeLeaks = (outputs: readonly Output[], canaries: readonly Canary[]): readonly Difference[] =>
  outputs.flatMap(({ name, text }) =>
    findCanaries(text, canaries).map(({ kind, conversationId }) => ({
      where: name,
      what: `expected nothing of customers and no secret, got a ${kind} of ${conversationId ?? 'no conversation'}`,
    })),
  );

/** For what is quoted from elsewhere. */
export const maskCanaries = (text: string, canaries: readonly Canary[]): string =>
  findCanaries(text, canaries).reduce((masked, { token }) => masked.replaceAll(token, '•••'), text);
