import { type EventMessage, eventNotification, newEventsOf } from '../core/event-notification';
import type { CanonicalEvent } from '../core/event';
import type { Notification, StoredRecord } from '../core/items';
import { assertOutput } from './assert-output';
import type { Claim } from './claim';
import { blamingTheWindow } from './let-go';
import type { Outside } from './outside';
import { chunksOf } from './write-events';

/** Events published between two looks at the lease: ten calls of SNS. */
export const publishChunk = 100;

/** A revision, the one before it, and the events of their window, in order. */
export interface RevisionEvents {
  readonly stored: StoredRecord;
  readonly previous: StoredRecord | null;
  readonly ordered: readonly CanonicalEvent[];
}

/**
 * Publishes each event that a revision is the first to contain. At least once, as the record is: a close that is cut short says
 * them all again, and the fingerprint tells the two to be one.
 */
export const publishEvents =
  ({ topic, registry }: Pick<Outside, 'topic' | 'registry'>) =>
  async (claim: Claim, { stored, previous, ordered }: RevisionEvents): Promise<void> => {
    const notify = (found: ReturnType<typeof newEventsOf>): readonly Notification[] =>
      found.map(({ event, place }) => {
        const notification = eventNotification(event, place);
        assertOutput(registry, 'tidemark.event', JSON.parse(notification.message) as EventMessage);
        return notification;
      });
    for (const some of chunksOf(newEventsOf(stored, previous, ordered), publishChunk)) {
      await claim.hold();
      await topic.publishAll(blamingTheWindow(() => notify(some)));
    }
  };
