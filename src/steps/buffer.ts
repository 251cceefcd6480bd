import type { CanonicalEvent } from '../core/event';
import type { StoredEvent } from '../core/items';
import { fitsNotification } from '../core/limits';
import { asPassed, passedEventNotification } from '../core/passed-event';
import type { Rejection } from '../core/rejection';
import { arrive, arrivalsOf } from './arrive';
import { type Hear, hearNothing } from './failing';
import type { Outside, PipelineSettings } from './outside';
import { distinctItems, writeEvents, type WriteOutcome } from './write-events';

type BufferOutside = Pick<Outside, 'table' | 'clock' | 'random' | 'log' | 'metrics'>;

/**
 * What became of an event: buffered, or refused for ever, or unknown (its message must come again). `unattached`: no window was
 * open for it, so no record is sure to carry it.
 */
export type Fate = 'buffered' | 'unattached' | 'failed' | Rejection;

const tooLarge: Rejection = {
  reason: 'too-large',
  detail:
    'Expected an event that fits a table item (400 KB compressed, ids of at most 2 KB) and, if attached, a notification (256 KB), got one that does not.',
  step: 'buffer',
};

/** What no record has room for is published when its window closes: what cannot be published would keep that from closing. */
const isPublishable = ({ event }: StoredEvent): boolean =>
  !event.attached || fitsNotification(passedEventNotification(asPassed(event)));

/**
 * Step 3: events into the table first, then the heads of their conversations. This order is what loses no event: a closer marks
 * the head before it queries, so either its query sees the event, or we see the mark. Answers each event's fate. An attached
 * event asks nothing of its head: where that is open, the close that is still to come will see it.
 */
export const buffer = (outside: BufferOutside, settings: PipelineSettings) => {
  const write = writeEvents(outside, settings.eventRetentionMs);
  const arriveAt = arrive(outside, settings);
  return async (events: readonly StoredEvent[], hear: Hear = hearNothing): Promise<(event: CanonicalEvent) => Fate> => {
    const { items: all, itemOf } = distinctItems(events);
    const items = all.filter(isPublishable);
    const outcomes = await write(items, hear);
    const stored = items.filter((item) => outcomes.get(item) === 'stored');
    outside.metrics.add('EventsAdmitted', stored.length);
    const answers = await arriveAt(arrivalsOf(stored), hear);
    return (event) => {
      const item = itemOf(event);
      const outcome: WriteOutcome = item ? (outcomes.get(item) ?? 'refused') : 'failed';
      if (outcome === 'refused') return tooLarge;
      const state = answers.get(event.conversationId);
      if (outcome === 'failed' || state === undefined) return 'failed';
      return event.attached && state !== 'open' ? 'unattached' : 'buffered';
    };
  };
};
