import { OutputInvalidError } from '../core/errors';
import type { Outside } from './outside';

/** What we send is held to our own schemas before it leaves: a breach is our bug, and stops the sender, not the subscriber. */
export const assertOutput = (registry: Outside['registry'], subject: string, value: unknown): void => {
  const verdict = registry.validate(subject, value);
  if (!verdict.ok) throw new OutputInvalidError(`Expected what leaves to be a valid ${subject}, but ${verdict.detail}.`);
};
