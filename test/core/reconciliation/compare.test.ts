import { foldConversation } from '../../../src/core/conversation/fold';
import type { CanonicalEvent } from '../../../src/core/event';
import { orderKey } from '../../../src/core/items';
import type { Correction, RecordContent } from '../../../src/core/record';
import { compareWithAnalytics } from '../../../src/core/reconciliation/compare';
import { correct } from '../../../src/core/reconciliation/correct';
import { correctionEvent } from '../../../src/core/reconciliation/correction-event';
import type { AnalyticsFacts } from '../../../src/core/reconciliation/facts';
import { anEvent, minute } from '../../factories';
import { registry } from '../../outside';

const mapperOf = (subject: string) => {
  const known = registry.subjectNamed(subject);
  return known && { name: known.mapper, version: known.mapperVersion };
};

const iso = (ms: number): string => new Date(ms).toISOString();

const customerStart = anEvent({ at: minute(0), body: { direction: 'INBOUND' } });
const agentStart = anEvent({
  type: 'user.start',
  at: minute(1),
  participant: 'p-2',
  session: 's-2',
  body: { userId: 'u-1', queueId: 'q-1' },
});
const agentEnd = anEvent({
  type: 'user.end',
  at: minute(9),
  participant: 'p-2',
  session: 's-2',
  body: { userId: 'u-1', queueId: 'q-1', interactingDurationMs: 480_000, alertingDurationMs: 5_000, disconnectType: 'TRANSFER' },
});
const customerEnd = anEvent({ type: 'customer.end', at: minute(10) });
const work = anEvent({
  type: 'acw',
  at: minute(12),
  participant: 'p-2',
  session: 's-2',
  body: { userId: 'u-1', wrapupCode: 'w-1', wrapupDurationMs: 60_000 },
});
const all = [customerStart, agentStart, agentEnd, customerEnd, work];

const contentOf = (events: readonly CanonicalEvent[]): RecordContent => foldConversation(events, mapperOf).content;
const whole = contentOf(all);

/** What analytics say of that call. */
const facts: AnalyticsFacts = {
  startedAt: iso(minute(0)),
  endedAt: iso(minute(10)),
  mediaType: 'voice',
  direction: 'inbound',
  agentIds: ['u-1'],
  queueIds: ['q-1'],
  wrapUpCodes: ['w-1'],
  metrics: { talkMs: 480_000, alertMs: 5_000, afterCallWorkMs: 60_000, transfersByKind: { blind: 1, consult: 0 } },
};

const differing = (changed: Omit<Partial<AnalyticsFacts>, 'metrics'>, metrics: Partial<AnalyticsFacts['metrics']> = {}) =>
  compareWithAnalytics(whole, { ...facts, ...changed, metrics: { ...facts.metrics, ...metrics } });

test.each<[string, readonly Correction[], readonly Correction[]]>([
  ['the same', differing({}), []],
  [
    'times within a second of each other',
    differing({ startedAt: iso(minute(0) - 1_000), endedAt: iso(minute(10) + 1_000) }, { talkMs: 481_000 }),
    [],
  ],
  [
    'a time over a second apart',
    differing({ endedAt: iso(minute(10) + 1_001) }),
    [{ field: 'endedAt', record: iso(minute(10)), analytics: iso(minute(10) + 1_001) }],
  ],
  ['another talk', differing({}, { talkMs: 478_999 }), [{ field: 'metrics.talkMs', record: 480_000, analytics: 478_999 }]],
  ['no hold, and a hold of nothing', differing({}, { holdMs: 0 }), []],
  ['a hold that no event told', differing({}, { holdMs: 2_000 }), [{ field: 'metrics.holdMs', record: null, analytics: 2_000 }]],
  [
    'another count',
    differing({}, { transfersByKind: { blind: 1, consult: 1 } }),
    [{ field: 'metrics.transfersByKind.consult', record: 0, analytics: 1 }],
  ],
  ['another medium', differing({ mediaType: 'callback' }), [{ field: 'mediaType', record: 'voice', analytics: 'callback' }]],
  [
    'an agent that no event named',
    differing({ agentIds: ['u-0', 'u-1'] }),
    [{ field: 'agentIds', record: ['u-1'], analytics: ['u-0', 'u-1'] }],
  ],
  ['an agent that only the events name', differing({ agentIds: [] }), []],
  ['nothing known', compareWithAnalytics(whole, { metrics: {} }), []],
])('%s', (_what, found, expected) => {
  expect(found).toEqual(expected);
});

test('a corrected record says what analytics say, keeps the ids that events named, and its parts still add up', () => {
  const told = {
    ...facts,
    endedAt: iso(minute(11)),
    queueIds: ['q-0'],
    metrics: { ...facts.metrics, talkMs: 500_000, transfersByKind: { blind: 2, consult: 0 } },
  };
  const corrected = correct(whole, told);
  expect(corrected).toMatchObject({
    endedAt: iso(minute(11)),
    durationMs: 660_000,
    queueIds: ['q-0', 'q-1'],
    metrics: { talkMs: 500_000, handleMs: 560_000, transfers: 2, transfersByKind: { blind: 2 } },
  });
  expect(corrected.corrections?.map(({ field }) => field)).toEqual([
    'endedAt',
    'queueIds',
    'metrics.talkMs',
    'metrics.transfersByKind.blind',
  ]);
  expect(compareWithAnalytics(corrected, told)).toEqual([]);
  expect(correct(whole, facts)).toBe(whole);
});

const correction = (changed: Partial<AnalyticsFacts>, revision = 1, endMs = minute(11)): CanonicalEvent =>
  correctionEvent(
    { conversationId: 'conversation-1', orgId: null, life: 'life000000000000', revision },
    { ...facts, ...changed },
    endMs,
    1,
  );

test('a correction is no event of the conversation: only what differs changes, and what made it', () => {
  const { corrections, producedBy, ...rest } = contentOf([...all, correction({ direction: 'outbound' })]);
  expect(corrections).toEqual([{ field: 'direction', record: 'inbound', analytics: 'outbound' }]);
  const { producedBy: before, ...told } = whole;
  expect(rest).toEqual({ ...told, direction: 'outbound' });
  expect(producedBy).toEqual({
    subjects: { ...before.subjects, 'tidemark.correction': [1] },
    mappers: { ...before.mappers, correction: 1 },
  });
});

test('an event that comes after all takes its correction away', () => {
  const { metrics, ...others } = facts;
  const lost = contentOf([...all.filter((event) => event !== agentEnd), correction({ ...others, metrics })]);
  expect(lost.corrections?.map(({ field }) => field)).toContain('metrics.talkMs');
  expect(lost.metrics.talkMs).toBe(480_000);
  expect(contentOf([...all, correction({ ...others, metrics })])).not.toHaveProperty('corrections');
});

test('of several corrections that held against the newest revision counts, in any order of arrival', () => {
  const [older, newer] = [correction({ direction: 'outbound' }, 1), correction({ direction: 'unknown' }, 2)];
  for (const events of [
    [...all, older, newer],
    [newer, older, ...all],
  ])
    expect(contentOf(events).direction).toBe('unknown');
});

test('a correction of before the conversation went on is passed over', () => {
  const again = anEvent({ at: minute(30), session: 's-9' });
  const folded = foldConversation([...all, correction({ direction: 'outbound' }), again], mapperOf);
  expect([folded.content.direction, folded.complete]).toEqual(['inbound', false]);
});

test('a conversation whose end never came waits no longer once analytics say that it is over; its record is partial all the same', () => {
  const folded = foldConversation([customerStart, correction({})], mapperOf);
  expect(folded.complete).toBe(true);
  expect(folded.content).toMatchObject({
    status: 'partial',
    missing: ['customer-end', 'session-end:session-1'],
    endedAt: iso(minute(10)),
  });
});

test('the same facts held against the same revision are the same event; another revision makes another', () => {
  expect(correction({}).fingerprint).toBe(correction({}).fingerprint);
  expect(
    new Set([correction({}), correction({}, 2), correction({ direction: 'outbound' })].map(({ fingerprint }) => fingerprint))
      .size,
  ).toBe(3);
  expect(orderKey(correction({})) > orderKey(anEvent({ at: minute(9_999_999) }))).toBe(true);
});

test('what a correction carries is what its schema promises', () => {
  expect(registry.validate('tidemark.correction', correction({}).body)).toEqual({ ok: true, version: 1, drift: [] });
});
