import { foldConversation } from '../../../src/core/conversation/fold';
import type { CanonicalEvent } from '../../../src/core/event';
import type { JsonObject } from '../../../src/core/json';
import { aDetail, mapperOf, second } from '../../factories';

const fold = (...events: readonly CanonicalEvent[]) => foldConversation(events, mapperOf).content;
const metricsOf = (...events: readonly CanonicalEvent[]) => fold(...events).metrics;

describe('metrics of detail envelopes', () => {
  const detail = (at: number, data: JsonObject, name = 'conversation:state') =>
    aDetail({ at: second(at), envelopeAt: second(0), sequence: at + 1, name, data });

  test('are times in states, sums of seconds, and counts', () => {
    expect(
      metricsOf(
        ...[detail(0, { status: 'ringing' }), detail(5, { status: 'connected' })],
        ...[detail(20, { status: 'onhold' }), detail(28, { status: 'connected', holdDuration: 8 })],
        detail(40, {}, 'voice:call:transferred'),
        ...[detail(41, { status: 'ringing' }), detail(44, { status: 'connected' })],
        ...[detail(50, { holdDuration: 1.5 }, 'voice:call:connected'), detail(60, { status: 'disconnected' })],
        detail(70, { wrapUpCode: 'code-1', wrapUpDuration: 12 }, 'participant:added'),
      ),
    ).toEqual({
      talkMs: (15 + 12 + 16) * 1000,
      holdMs: 9500,
      alertMs: 8000,
      queueWaitMs: null,
      afterCallWorkMs: 12_000,
      handleMs: 43_000 + 9500 + 12_000,
      transfers: 1,
      transfersByKind: expect.objectContaining({ other: 1, blind: 0 }) as object,
      abandoned: null,
    });
  });

  test('one place in an envelope with different content counts once, the last in order, and is named; both stay', () => {
    const twins = [10, 20].map((holdDuration) => detail(5, { holdDuration }, 'voice:call:transferred'));
    const { holdMs, transfers } = metricsOf(...twins);
    expect([10_000, 20_000]).toContain(holdMs);
    expect(transfers).toBe(1);
    const content = fold(...twins);
    expect(content.eventCount).toBe(2);
    expect(content.anomalies.map(({ kind }) => kind)).toEqual(['sequence-repeat', 'conflict']);
    expect(metricsOf(detail(5, {}, 'voice:call:transferred'), detail(6, {}, 'voice:call:transferred')).transfers).toBe(2);
  });

  test('the wait runs from the first word of a queue to the connection', () => {
    const ringing = detail(0, { status: 'ringing' });
    const queued = detail(3, { queueId: 'queue-1' }, 'participant:added');
    expect(metricsOf(ringing, queued, detail(4, { queueId: 'queue-1' }, 'participant:added')).queueWaitMs).toBeNull();
    expect(metricsOf(ringing, queued, detail(9, { status: 'connected' })).queueWaitMs).toBe(6000);
    const second = [detail(20, { status: 'transfer', queueId: 'queue-2' }), detail(24, { status: 'connected' })];
    expect(metricsOf(ringing, queued, detail(9, { status: 'connected' }), ...second).queueWaitMs).toBe(10_000);
  });

  test('seconds with a fraction are rounded to the millisecond', () => {
    expect(metricsOf(detail(0, { holdDuration: 1.005 })).holdMs).toBe(1005);
  });

  test('of a queue that is named once an agent talks, the wait is unknown', () => {
    const late = detail(9, { queueId: 'queue-1' }, 'participant:added');
    const held = [detail(20, { status: 'onhold' }), detail(30, { status: 'connected' })];
    expect(metricsOf(detail(5, { status: 'connected' }), late, ...held).queueWaitMs).toBeNull();
  });

  test('a caller who gives up in the queue never waited to be connected', () => {
    const events = [detail(1, { status: 'ringing', queueId: 'queue-1' }), detail(9, { status: 'disconnected' })];
    expect(metricsOf(...events, detail(10, { status: 'connected' })).queueWaitMs).toBeNull();
  });

  test('a time in a state that would be negative is left out and named', () => {
    const content = fold(
      aDetail({ at: second(30), envelopeAt: second(0), sequence: 1, data: { status: 'connected' } }),
      aDetail({ at: second(10), envelopeAt: second(0), sequence: 2, data: { status: 'onhold', holdDuration: -3 } }),
    );
    expect(content.metrics).toMatchObject({ talkMs: null, holdMs: null });
    expect(content.anomalies.map(({ kind }) => kind)).toEqual(['impossible-duration', 'impossible-duration']);
  });
});
