import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { PlannedMessage } from '../traffic/traffic';
import { entryOf, putEvents } from './event-bus';
import { inBursts, sendAll } from './send';
import type { Stage } from './stage';

/*
 * By the bus goes what EventBridge could have carried. Straight to the queue goes what others put there: events in a wrapper, replayed
 * ones, details alone, what is no event at all. So does whatever will be set aside: EventBridge writes its envelope anew, and a dead letter is
 * held against the bytes that were sent.
 */

type Message = Pick<PlannedMessage, 'conversationId' | 'body' | 'rejects'>;

const split = (messages: readonly Message[]) => {
  const entries: PutEventsRequestEntry[] = [];
  const others: Message[] = [];
  for (const message of messages) {
    const entry = message.rejects ? null : entryOf(message.body);
    if (entry) entries.push(entry);
    else others.push(message);
  }
  return { entries, others };
};

/** Sends one burst after the other, by the event bus if there is one. */
export const deliver = async (
  { clients, places }: Pick<Stage, 'clients' | 'places'>,
  messages: readonly Message[],
): Promise<void> => {
  const { queueUrl, eventBusName } = places;
  if (eventBusName === null) return sendAll(clients.sqs, queueUrl, messages);
  for (const burst of inBursts(messages)) {
    const { entries, others } = split(burst);
    await Promise.all([putEvents(clients.events, eventBusName, entries), sendAll(clients.sqs, queueUrl, others)]);
  }
};
