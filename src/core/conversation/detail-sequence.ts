import type { CanonicalEvent } from '../event';
import type { Anomaly } from '../record';
import { isoOrNull, nameEvent } from './instant';

/**
 * Gaps and repeats within one detail envelope, whose `sequence` counts on and starts again with the next `createdTimestamp`.
 * What came before the first number is not a gap: nobody promises where an envelope starts.
 */
export const findSequenceAnomalies = (ordered: readonly CanonicalEvent[]): readonly Anomaly[] => {
  const details = ordered.filter((event) => event.format === 'detail-envelope');
  return details.flatMap((event, index): Anomaly[] => {
    const before = details[index - 1];
    if (before?.envelopeTimeMs !== event.envelopeTimeMs) return [];
    const step = event.sequence - before.sequence;
    if (step === 1) return [];
    const where = `in the envelope of ${isoOrNull(event.envelopeTimeMs) ?? String(event.envelopeTimeMs)}`;
    return step === 0
      ? [
          {
            kind: 'sequence-repeat',
            detail: `Expected sequence ${event.sequence} once ${where}, got it again for ${nameEvent(event)}.`,
          },
        ]
      : [
          {
            kind: 'sequence-gap',
            detail: `Expected sequence ${before.sequence + 1} ${where}, got ${event.sequence}, ${nameEvent(event)}.`,
          },
        ];
  });
};
