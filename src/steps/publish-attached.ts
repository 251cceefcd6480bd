import { notCarried } from '../core/attached';
import type { CanonicalEvent } from '../core/event';
import type { StoredRecord } from '../core/items';
import { asPassed, passedEventNotification, type PassedMessage } from '../core/passed-event';
import { assertOutput } from './assert-output';
import type { Claim } from './claim';
import type { Outside } from './outside';
import { publishChunk } from './publish-events';
import { chunksOf } from './write-events';

/**
 * Publishes each attached event of a window that the record does not carry: it had no room, or an earlier close had fixed the
 * record's bytes, or there was nothing new to say. So each is in a record or was published; some are both, and the fingerprint
 * tells the two to be one.
 */
export const publishAttached =
  ({ topic, registry, metrics }: Pick<Outside, 'topic' | 'registry' | 'metrics'>) =>
  async (claim: Claim, attached: readonly CanonicalEvent[], sent: StoredRecord | null): Promise<void> => {
    for (const some of chunksOf(notCarried(attached, sent), publishChunk)) {
      await claim.hold();
      const notifications = some.map((event) => passedEventNotification(asPassed(event)));
      for (const { message } of notifications)
        assertOutput(registry, 'tidemark.passed-event', JSON.parse(message) as PassedMessage);
      await topic.publishAll(notifications);
      for (const { subject } of some) metrics.add('EventsPassed', 1, { subject });
    }
  };
