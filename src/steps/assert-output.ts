import { OutputInvalidError } from '../core/errors';
import type { Output, OutputSubject } from '../core/outputs';
import type { Outside } from './outside';

/** What we send is held to our own schemas before it leaves: a breach is our bug, and stops the sender, not the subscriber. */
export const assertOutput = <S extends OutputSubject>(registry: Outside['registry'], subject: S, value: Output<S>): void => {
  const verdict = registry.validate(subject, value);
  if (!verdict.ok) throw new OutputInvalidError(`Expected what leaves to be a valid ${subject}, but ${verdict.detail}.`);
};
