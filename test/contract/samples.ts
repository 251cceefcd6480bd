import { createCipheriv } from 'node:crypto';
import type { CanonicalEvent } from '../../src/core/event';
import type { Head, HeadFields, StoredEvent, StoredRecord } from '../../src/core/items';
import type { ConversationRecord } from '../../src/core/record';
import { anEvent, minute, noon } from '../factories';

/** Text that no compression makes smaller than `bytes`; the same on every run. */
export const noise = (bytes: number, seed = 0): string => {
  const keystream = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16));
  return keystream.update(Buffer.alloc(bytes)).toString('base64');
};

/** A conversation nobody else in this run talks about. */
export const freshConversation = (() => {
  let count = 0;
  return (): string => `conversation-${String((count += 1))}`;
})();

export const stored = (event: CanonicalEvent, sentAtMs: number = noon): StoredEvent => ({ event, sentAtMs });

/** `count` events of one conversation, a minute apart. */
export const someEvents = (conversation: string, count: number): readonly StoredEvent[] =>
  Array.from({ length: count }, (_, n) => stored(anEvent({ conversation, at: minute(n) })));

export const aHead = (fields: Partial<HeadFields> = {}): HeadFields => ({
  state: 'open',
  life: '0mjuohs000000001',
  finished: 0,
  attempts: 0,
  waits: 0,
  dueAt: minute(1),
  dueOn: 'Q#000',
  ...fields,
});

export const headOf = (conversationId: string, fields: HeadFields): Head => ({ layout: 1, conversationId, ...fields });

const aRecord = (fields: Partial<ConversationRecord>): ConversationRecord => ({
  layout: 1,
  conversationId: 'conversation-1',
  life: '0mjuohs000000001',
  revision: 1,
  pane: 'on_time',
  supersedes: null,
  changed: [],
  contentHash: 'a'.repeat(64),
  orgId: null,
  status: 'final',
  missing: [],
  anomalies: [],
  producedBy: { subjects: {}, mappers: {} },
  mediaType: 'voice',
  direction: null,
  startedAt: new Date(noon).toISOString(),
  endedAt: null,
  durationMs: null,
  finalStatus: null,
  eventCount: 1,
  lifecycle: [{ sequence: 1, timestamp: new Date(noon).toISOString(), action: 'customer.start' }],
  states: [],
  participants: [],
  sessions: [],
  queueIds: [],
  skillIds: [],
  agentIds: [],
  wrapUpCodes: [],
  flowIds: [],
  campaignId: null,
  attributes: {},
  externalContactIds: [],
  caller: null,
  callee: null,
  metrics: {
    talkMs: null,
    holdMs: null,
    alertMs: null,
    queueWaitMs: null,
    afterCallWorkMs: null,
    handleMs: null,
    transfers: 0,
    transfersByKind: { blind: 0, consult: 0, conference: 0, forward: 0, noAnswer: 0, notAvailable: 0, doNotDisturb: 0, other: 0 },
    abandoned: null,
  },
  ...fields,
});

/** A record with what it sends: an execution and a notification that both hold it. */
export const aStoredRecord = (fields: Partial<ConversationRecord> = {}): StoredRecord => {
  const record = aRecord(fields);
  const name = `${record.conversationId}-${record.life}-${String(record.revision)}`;
  return {
    record,
    madeOf: ['0123456789abcdef', 'fedcba9876543210'],
    outbox: {
      execution: { name, input: JSON.stringify({ conversationId: record.conversationId, record }) },
      notification: { message: JSON.stringify(record), attributes: { status: record.status, pane: record.pane } },
    },
  };
};
