import { lookAtEvents } from '../core/conversation/completeness';
import { madeOfDigest } from '../core/items';
import { findGaps } from '../core/lateness-gaps';
import type { Message } from '../ports';
import type { Outside } from './outside';
import { type Draft, mapperOf } from './reconstruct';
import type { Validated } from './validate';

/** How far behind the newest queue time seen a message came, ms; null where that says nothing. */
export type DisorderOf = (message: Message) => number | null;

/** A message counts once, under the subject of its first event. */
export const measureDisorder =
  ({ metrics }: Pick<Outside, 'metrics'>) =>
  (validated: readonly Validated[], disorderOf: DisorderOf): void => {
    for (const { message, events } of validated) {
      const ms = disorderOf(message);
      if (ms !== null) metrics.add('Disorder', ms, { subject: events[0]?.subject.subject ?? 'none' });
    }
  };

/**
 * Says, once a record was put, how late its new events came after their conversation already looked complete. Only statistics: a
 * close that dies before it has said so leaves it unsaid, and nothing here fails a close.
 */
export const measureGaps = ({ registry, metrics, log }: Pick<Outside, 'registry' | 'metrics' | 'log'>) => {
  const mappers = mapperOf(registry);
  return ({ arrivals, previous }: Draft): void => {
    const known = new Set(previous?.madeOf);
    try {
      const gaps = findGaps({
        arrivals,
        isNew: ({ fingerprint }) => !known.has(madeOfDigest(fingerprint)),
        look: (events) => lookAtEvents(events, mappers),
      });
      for (const { event, ms, awaitsAfterCallWork } of gaps)
        metrics.add(awaitsAfterCallWork ? 'AcwHoldGap' : 'HoldGap', ms, { subject: event.subject });
    } catch (error) {
      log.warn('How late the events of a window came could not be measured: a bug, without consequence.', {}, error);
    }
  };
};
