import { CallRefusedError } from '../core/errors';
import { passedEventNotification, type PassedMessage } from '../core/passed-event';
import type { PassedEvent } from '../core/event';
import type { Rejection } from '../core/rejection';
import type { EventSubject } from '../core/schema-registry';
import { assertOutput } from './assert-output';
import type { Fate } from './buffer';
import { type Hear, hearNothing } from './failing';
import type { Outside } from './outside';

const tooLarge: Rejection = {
  reason: 'too-large',
  detail: 'Expected an event that fits a notification (256 KB), got one that does not.',
  step: 'buffer',
};

/** What is done with an event that no record carries: published as it came, or only counted. */
export const passOn =
  ({ topic, registry, metrics, log }: Pick<Outside, 'topic' | 'registry' | 'metrics' | 'log'>) =>
  async (event: PassedEvent, { action, subject }: EventSubject, hear: Hear = hearNothing): Promise<Fate> => {
    if (action === 'ignore') {
      metrics.add('EventsIgnored', 1, { subject });
      return 'buffered';
    }
    try {
      const notification = passedEventNotification(event);
      assertOutput(registry, 'tidemark.passed-event', JSON.parse(notification.message) as PassedMessage);
      await topic.publish(notification);
      metrics.add('EventsPassed', 1, { subject });
      return 'buffered';
    } catch (error) {
      if (error instanceof CallRefusedError) return tooLarge;
      hear(error);
      log.error('An event could not be passed on and will come again.', { subject, conversationId: event.conversationId }, error);
      return 'failed';
    }
  };
