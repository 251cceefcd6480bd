import fc from 'fast-check';
import { foldConversation } from '../../../src/core/conversation/fold';
import type { CanonicalEvent } from '../../../src/core/event';
import type { JsonObject } from '../../../src/core/json';
import { contentHash, makeRecord } from '../../../src/core/revision';
import { openSchemaRegistry } from '../../../src/schema-files';
import { aDetail, anEndMark, anEvent, mapperOf, orgId, second } from '../../factories';

/*
 * Promises that hold for every set of events, however wild: all formats at once, clocks that jump, ends without starts, numbers
 * that cannot be, fields of the wrong type. Few ids and few instants, so that ties and conflicts are common.
 */

const instant = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: -30, max: 30 }).map(second) },
  { weight: 1, arbitrary: fc.constantFrom(0, Date.UTC(9999, 11, 31), 8.64e15, Number.MAX_SAFE_INTEGER) },
);
const duration = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 100_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, Number.MAX_SAFE_INTEGER, 2 ** 60) },
  { weight: 1, arbitrary: fc.constantFrom('7', null, true) },
);
const word = (...words: readonly string[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words) }, fc.constantFrom(null, 7, ''));

const body: fc.Arbitrary<JsonObject> = fc.record(
  {
    userId: word('user-1', 'user-2'),
    queueId: word('queue-1', 'queue-2'),
    disconnectType: word('PEER', 'TRANSFER', 'CONSULT_TRANSFER', 'NEW_TRANSFER'),
    acdOutcome: word('ABANDON', 'ANSWERED'),
    direction: word('INBOUND'),
    ani: word('tel:+1', 'sip:anna@example.org'),
    wrapupCode: word('code-1'),
    interactingDurationMs: duration,
    heldDurationMs: duration,
    alertingDurationMs: duration,
    connectedDurationMs: duration,
    wrapupDurationMs: duration,
    attributes: fc.oneof(
      fc.dictionary(fc.constantFrom('', '__proto__', 'a', 'A'), fc.string({ maxLength: 2 })),
      fc.constant('text'),
    ),
  },
  { requiredKeys: [] },
);

const topics = [
  ...[
    'customer.start',
    'customer.end',
    'flow.start',
    'flow.end',
    'flow.outcome',
    'acd.start',
    'acd.end',
    'user.start',
    'user.end',
  ],
  ...['acw', 'wrapup', 'attributes', 'contact', 'outbound', 'voicemail.start', 'voicemail.end'],
];
const feedEvent = fc
  .record({
    at: instant,
    type: fc.constantFrom(...topics),
    participant: fc.constantFrom('p-1', 'p-2', null),
    session: fc.constantFrom('s-1', 's-2', 's-3', null),
    media: fc.constantFrom('VOICE', 'MESSAGE', 'NEW', null),
    body,
  })
  .map(anEvent);

const data: fc.Arbitrary<JsonObject> = fc.record(
  {
    status: word('ringing', 'connected', 'onhold', 'transfer', 'disconnected', 'parked'),
    queueId: word('queue-1', 'queue-2'),
    holdDuration: duration,
    wrapUpDuration: duration,
    duration,
    callerNumber: word('+1'),
  },
  { requiredKeys: [] },
);
const detail = fc
  .record({
    at: instant,
    envelopeAt: instant,
    sequence: fc.integer({ min: 0, max: 4 }),
    name: fc.constantFrom(
      ...['conversation:state', 'conversation:state', 'conversation:state:updated', 'participant:added'],
      ...['voice:call:connected', 'voice:call:transferred'],
    ),
    data,
  })
  .filter(({ at, envelopeAt }) => Math.max(at, envelopeAt) <= 8.64e15)
  .map(aDetail);

const endMark = fc.record({ at: fc.constantFrom(second(0), second(9)) }).map(anEndMark);

const feed = fc.array(feedEvent, { minLength: 1, maxLength: 25 });
const details = fc.array(detail, { minLength: 1, maxLength: 15 });
const mixed = fc.array(fc.oneof({ weight: 6, arbitrary: feedEvent }, { weight: 3, arbitrary: detail }, endMark), {
  minLength: 1,
  maxLength: 25,
});
const anyEvents: fc.Arbitrary<CanonicalEvent[]> = fc.oneof(feed, details, mixed);

/** The same facts once more: shuffled, some twice, some from a carrier that says less or under an older rank. */
const arrivals = anyEvents.chain((events) =>
  fc.record({
    events: fc.constant(events),
    again: fc.shuffledSubarray(events).chain((copies) =>
      fc.shuffledSubarray([...events, ...copies.map((event) => ({ ...event, orgId: null }))], {
        minLength: events.length + copies.length,
      }),
    ),
  }),
);

const registry = openSchemaRegistry();
const contentOf = (events: readonly CanonicalEvent[]) => foldConversation(events, mapperOf).content;
const runs = { numRuns: 200 };

test('the same events in any order and with any duplication give the same content', () => {
  fc.assert(
    fc.property(arrivals, ({ events, again }) => {
      const content = contentOf(events);
      const other = contentOf(again);
      expect(other).toEqual(content);
      expect(JSON.stringify(other)).toBe(JSON.stringify(content));
      expect(contentHash(other)).toBe(contentHash(content));
    }),
    runs,
  );
});

test('no duration is ever negative or fractional, whatever the clocks said', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const { metrics, durationMs, states } = contentOf(events);
      const { transfersByKind, abandoned, ...numbers } = metrics;
      const counts = Object.values(transfersByKind);
      for (const value of [durationMs, ...Object.values(numbers), ...counts]) {
        if (value !== null) expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
      }
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(metrics.transfers);
      expect([true, false, null]).toContain(abandoned);
      expect(states.filter(({ to }) => to !== null && Number.isNaN(Date.parse(to)))).toEqual([]);
    }),
    runs,
  );
});

test('every record that can be made keeps its schema, and every event is in its lifecycle', () => {
  fc.assert(
    fc.property(anyEvents, fc.boolean(), (events, expiredHistory) => {
      const { content, ordered } = foldConversation(events, mapperOf);
      const record = makeRecord({ content, life: 'f'.repeat(16), revision: 1, pane: 'on_time', previous: null, expiredHistory });
      expect(registry.validate('tidemark.record', JSON.parse(JSON.stringify(record)))).toMatchObject({ ok: true });
      expect(content.lifecycle.map(({ action }) => action)).toEqual(ordered.map(({ type }) => type));
      expect(content.eventCount).toBe(new Set(events.map(({ fingerprint }) => fingerprint)).size);
    }),
    runs,
  );
});

test('a record is final exactly when it is complete, and a partial one says why', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const { content, complete, awaitsAfterCallWork } = foldConversation(events, mapperOf);
      expect(content.status).toBe(complete ? 'final' : 'partial');
      expect(content.missing.includes('acw')).toBe(awaitsAfterCallWork);
      const says = content.missing.some((what) => what === 'customer-end' || what.startsWith('session-end:'));
      if (!complete) expect(says).toBe(true);
      expect(content.missing).toEqual([...new Set(content.missing)].sort());
    }),
    runs,
  );
});

test('states follow one another without a gap, and the real feed ends where its sessions end', () => {
  fc.assert(
    fc.property(feed, (events) => {
      const { content, complete } = foldConversation(events, mapperOf);
      // Holds of the real feed lie beside the chain: they have bounds only.
      const chain = content.states.filter(({ state }) => state !== 'onhold');
      for (const [index, { from }] of chain.entries()) if (index > 0) expect(chain[index - 1]!.to).toBe(from);
      expect(chain.at(-1)?.to ?? null).toBeNull();
      if (complete) expect(chain.at(-1)).toEqual({ state: 'disconnected', from: content.endedAt, to: null });
      expect(content.orgId).toBe(orgId);
    }),
    runs,
  );
});
