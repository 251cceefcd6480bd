import { createHash } from 'node:crypto';
import type { Chance } from './chance';
import type { Mint } from './canary';
import { carry } from './genesys-events';
import type { PlannedMessage, RejectionReason } from './traffic';

/* Messages that can never succeed, each with the reason that it must be set aside for. */

const orgId = '00000000-0000-4000-8000-000000000000';
const atMs = Date.UTC(2026, 2, 2, 9);
const topic = 'v2.detail.events.conversation';

interface Kitchen {
  readonly chance: Chance;
  readonly canary: (kind: Parameters<Mint>[0]) => string;
}

type Dish = (kitchen: Kitchen) => string;

const customerEnd = (
  { chance, canary }: Kitchen,
  change: Readonly<Record<string, unknown>>,
  template = `${topic}.{id}.customer.end`,
): string => {
  const conversationId = chance.uuid();
  const eventBody = {
    eventTime: atMs,
    conversationId,
    participantId: chance.uuid(),
    sessionId: chance.uuid(),
    mediaType: 'VOICE',
    ani: `tel:+${canary('number')}`,
    ...change,
  };
  const detail = {
    topicName: template.replace('{id}', conversationId),
    version: '2',
    eventBody,
    metadata: {},
    timestamp: new Date(atMs).toISOString(),
  };
  return JSON.stringify(carry(chance, orgId, atMs, { detailType: template, detail }));
};

const withField =
  (field: string, value: unknown): Dish =>
  (kitchen) =>
    customerEnd(kitchen, { [field]: value });

const envelope =
  (details: unknown): Dish =>
  ({ chance }) =>
    JSON.stringify({
      id: 'subscription-0',
      type: topic,
      createdTimestamp: new Date(atMs).toISOString(),
      data: { id: chance.uuid(), type: 'voice', details },
    });

/** A topic of Genesys that the registry does not have. */
const suggestion: Dish = (kitchen) =>
  customerEnd(
    kitchen,
    { suggestionId: 's-1', context: { utterance: `my card is ${kitchen.canary('transcript')}` } },
    'v2.conversations.{id}.suggestions.response',
  );

/** Letters that do not compress: over what a table's item holds, under what a queue takes. */
const hugeAttribute: Dish = (kitchen) => {
  const noise = createHash('shake256', { outputLength: 525_000 }).update(kitchen.chance.uuid()).digest('base64url');
  return customerEnd(kitchen, { attributes: { blob: kitchen.canary('attribute') + noise } }, `${topic}.{id}.attributes`);
};

const menu: readonly (readonly [RejectionReason, Dish])[] = [
  ['not-json', ({ canary }) => `this is no JSON, says ${canary('name')}`],
  ['not-json', (kitchen) => customerEnd(kitchen, {}).slice(0, -40)],
  ['not-json', (kitchen) => customerEnd(kitchen, {}) + customerEnd(kitchen, {})],
  ['not-object', ({ canary }) => JSON.stringify([canary('attribute')])],
  ['not-object', () => 'null'],
  ['not-object', ({ canary }) => JSON.stringify(canary('secret'))],
  ['too-deep', () => '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
  ['too-large', hugeAttribute],
  ['unknown-envelope', ({ canary }) => JSON.stringify({ hello: canary('name') })],
  ['unknown-type', (kitchen) => customerEnd(kitchen, {}, `${topic}.{id}.hologram.start`)],
  ['unknown-type', suggestion],
  ['invalid', withField('eventTime', '1764000000000')],
  ['invalid', withField('eventTime', -1)],
  ['invalid', withField('eventTime', 1.5)],
  ['invalid', withField('eventTime', 2 ** 53)],
  ['invalid', withField('eventTime', null)],
  ['invalid', withField('conversationId', '')],
  ['invalid', withField('conversationId', undefined)],
  ['invalid', envelope([])],
  ['invalid', envelope(null)],
];

/** One of each. `foreign-source` is not among them: it exists only where a list of sources is configured. */
export const badMessages = (chance: Chance, canary: Kitchen['canary']): readonly PlannedMessage[] =>
  menu.map(([reason, cook], index) => ({
    wave: 1,
    body: cook({ chance: chance.fork(String(index)), canary }),
    kind: 'bad',
    conversationId: null,
    facts: [],
    rejects: { reason },
  }));
