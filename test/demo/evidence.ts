import type { StoredRecord } from '../../src/core/items';
import type { ConversationRecord } from '../../src/core/record';
import type { ExpectedConversation } from '../../localstack/demo/judge/records';
import type { Evidence } from '../../localstack/demo/judge/verdict';
import type { Plan } from '../../localstack/demo/plan';
import { canaryMint, type Canary } from '../../localstack/traffic/canary';
import { aHead, aStoredRecord, headOf } from '../contract/samples';
import { noon } from '../factories';

/* A run in which everything is as it must be, small enough to spoil one thing at a time. */

const conversationId = '9b2f7c52-7c1c-4f3a-9a53-0d4a1b0c8d11';
const served = { conversationId, conversationStart: '2026-01-05T12:00:00.000Z', conversationEnd: '2026-01-05T12:01:00.000Z' };

const canaries: Canary[] = [];
const mint = canaryMint(1, canaries);
export const secret = mint('secret', null);
export const caller = mint('number', conversationId);

/** A record with the execution that production would start for it. */
export const aRevision = (fields: Partial<ConversationRecord> = {}): StoredRecord => {
  const stored = aStoredRecord({ conversationId, ...fields });
  const { record } = stored;
  const input = JSON.stringify({
    conversationId,
    timestamp: new Date(noon).toISOString(),
    callDetails: served,
    callDetailsStatus: 'complete',
    enrichmentSteps: ['fetch_crm_contact'],
    record,
    identities: [],
    expiresAt: noon / 1_000,
  });
  const execution = { name: `${conversationId}_${record.life}_${record.revision}`, input };
  return { ...stored, outbox: { ...stored.outbox, execution } };
};

export const executionOf = ({ outbox }: StoredRecord, fields = {}) => ({
  ...outbox.execution!,
  status: 'SUCCEEDED',
  steps: { fetch_crm_contact: { outcome: 'done' }, update_ticket_system: { outcome: 'done' } },
  ...fields,
});

/** What the execution of a revision writes into CRM and tickets. */
export const writeOf = ({ record }: StoredRecord) => ({
  conversationId: record.conversationId,
  life: record.life,
  revision: record.revision,
  contactId: 'contact-1',
  sentiments: null,
  idempotencyKey: `hash/${record.life}/${record.revision}/step`,
});

const badBody = 'no JSON at all';
const passedBody = JSON.stringify({ 'detail-type': 'v2.quality.evaluations', detail: { eventBody: { id: 'e-1' } } });

/** As an event is published that is in no record. */
export const passedOn = (id = 'e-1', subject = 'v2.quality.evaluations') => ({
  body: JSON.stringify({ layout: 1, subject, body: { id } }),
  attributes: { kind: 'passed-event', subject },
});

export const plan: Plan = {
  waves: [],
  conversations: [
    {
      conversationId,
      story: 'call',
      expected: { conversationId, status: 'final', eventCount: 1, caller: null },
      revisions: [{ wave: 1, status: 'final', missing: [], eventCount: 1 }],
    } satisfies ExpectedConversation,
  ],
  deadLetters: [{ body: badBody, reason: 'not-json' }],
  passed: [{ body: passedBody, subject: 'v2.quality.evaluations' }],
  attached: [],
  analytics: [],
  beside: null,
  canaries,
  clientSecret: secret,
};

export const letter = (body = badBody, reason = 'not-json') => ({ body, attributes: { 'tidemark-reason': reason } });

/** What is read back of a conversation with these revisions. */
export const evidenceOf = (...revisions: readonly StoredRecord[]): Evidence => ({
  observed: {
    heads: [headOf(conversationId, aHead({ state: 'closed', finished: revisions.length }))],
    records: new Map([[conversationId, revisions]]),
    executions: revisions.map((revision) => executionOf(revision)),
    deadLetters: [letter()],
    failureNotes: new Map(),
    written: { entries: revisions.map(writeOf), tickets: revisions.map(writeOf) },
    published: [...revisions.map(({ outbox }) => ({ body: outbox.notification.message, attributes: {} })), passedOn()],
  },
  served: new Map([[conversationId, served]]),
  outputs: [{ name: 'worker-1', text: 'Set aside a message that can never succeed.' }],
  exits: [{ name: 'worker-1', exit: '0' }],
});
