import { foldConversation } from '../core/conversation/fold';
import { tellError } from '../core/describe-error';
import type { Head, StoredEvent } from '../core/items';
import { groupOf } from '../core/on-call/fingerprint';
import type { Stopped } from '../core/on-call/stopped';
import { mapperOf } from '../steps/reconstruct';
import type { OnCallOutside } from './outside';

type WindowOutside = Pick<OnCallOutside, 'registry' | 'table'>;
type Seen = Pick<Stopped, 'outlook' | 'outlookDetail'>;

const eventsOf = async ({ table }: WindowOutside, { conversationId, life, finished }: Head): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of table.readWindow(conversationId, life, finished)) events.push(...page.events);
  return events;
};

/** Only the fold can be tried without anybody noticing. */
const failedInFold = ({ lastError }: Head): boolean => lastError?.startsWith('WindowFaultError') === true;

const foldAnew = ({ registry }: WindowOutside, head: Head, stored: readonly StoredEvent[]): Seen => {
  const events = stored.map(({ event }) => event).filter(({ attached }) => attached !== true);
  try {
    foldConversation(events, mapperOf(registry));
  } catch (error) {
    return { outlook: 'would-fail', outlookDetail: `Today's code fails on its events, too: ${tellError(error)}.` };
  }
  return failedInFold(head)
    ? { outlook: 'would-pass', outlookDetail: "Today's code makes a record of its events. Do the workers run it?" }
    : { outlook: 'unknown', outlookDetail: 'Its events are sound; is what it failed with over?' };
};

/** A window that waits for a person, and what the code of today makes of its events. */
export const judgeWindow = async (outside: WindowOutside, head: Head): Promise<Stopped> => {
  const events = await eventsOf(outside, head);
  const detail = head.lastError ?? 'Nobody has said why.';
  const cause = { place: 'window', reason: 'parked', detail, type: null, subject: null, rule: null } as const;
  return {
    ...cause,
    id: head.conversationId,
    queueUrl: null,
    group: groupOf(cause),
    stoppedAtMs: head.dueAt ?? null,
    beganAtMs: events.length === 0 ? null : events.reduce((first, { sentAtMs }) => Math.min(first, sentAtMs), Infinity),
    receiveCount: head.attempts,
    conversationIds: [head.conversationId],
    bytes: events.reduce((sum, { event }) => sum + Buffer.byteLength(JSON.stringify(event.body)), 0),
    bodySha256: null,
    history: null,
    ...foldAnew(outside, head, events),
  };
};
