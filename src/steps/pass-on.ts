import type { CanonicalEvent } from '../core/event';
import type { EventSubject } from '../core/schema-registry';
import { eventNotification } from '../core/travel';
import type { Fate } from './buffer';
import type { Outside } from './outside';

/** What is done with an event that takes no part in reconstruction: published as it came, or only counted. */
export const passOn =
  ({ topic, metrics, log }: Pick<Outside, 'topic' | 'metrics' | 'log'>) =>
  async (event: CanonicalEvent, { action, subject }: EventSubject): Promise<Fate> => {
    if (action === 'ignore') {
      metrics.add('EventsIgnored', 1, { subject });
      return 'buffered';
    }
    try {
      await topic.publish(eventNotification(subject, event.conversationId, event.body));
      metrics.add('EventsPassed', 1, { subject });
      return 'buffered';
    } catch (error) {
      log.error('An event could not be passed on and will come again.', { subject, conversationId: event.conversationId }, error);
      return 'failed';
    }
  };
