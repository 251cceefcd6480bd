import { foldConversation, type MapperOf } from '../../../src/core/conversation/fold';
import type { CanonicalEvent } from '../../../src/core/event';
import { aDetail, anEndMark, anEvent, mapperOf, minute, second } from '../../factories';

const fold = (...events: readonly CanonicalEvent[]) => foldConversation(events, mapperOf).content;

describe('fold', () => {
  test('an event that comes twice is counted once, even if it was stored under two order keys', () => {
    const { content, ordered, fingerprints } = foldConversation(
      [anEvent({ rank: 1 }), anEvent({ rank: 9 }), anEvent()],
      mapperOf,
    );
    expect(content.eventCount).toBe(1);
    expect([ordered.length, fingerprints.length, content.lifecycle.length]).toEqual([1, 1, 1]);
  });

  test('fingerprints are distinct and sorted', () => {
    const events = Array.from({ length: 20 }, (_, index) => anEvent({ at: second(index % 10) }));
    const { fingerprints } = foldConversation(events, mapperOf);
    expect(fingerprints).toEqual([...new Set(events.map((event) => event.fingerprint))].sort());
  });

  test('the lifecycle has one entry for each event in order: positions in the real feed, the own sequence of a detail', () => {
    const { lifecycle } = fold(
      anEvent({ type: 'customer.end', at: second(9) }),
      anEvent({ at: second(0) }),
      aDetail({ at: second(3), envelopeAt: second(4), sequence: 70, data: { status: 'connected' } }),
      anEndMark({ at: second(1) }),
    );
    expect(lifecycle).toEqual([
      { sequence: 1, timestamp: '2026-01-05T12:00:00.000Z', action: 'customer.start' },
      { sequence: 70, timestamp: '2026-01-05T12:00:03.000Z', action: 'conversation:state' },
      { sequence: 3, timestamp: '2026-01-05T12:00:09.000Z', action: 'customer.end' },
      { sequence: 4, timestamp: '2026-01-05T12:00:01.000Z', action: 'conversation.end' },
    ]);
  });

  test('an event of a subject without a mapper, or with one that we do not have, still enters the lifecycle', () => {
    const events = [anEvent(), anEvent({ type: 'user.end', at: minute(1), body: { interactingDurationMs: 7 } })];
    for (const unmapped of [() => null, () => ({ name: 'hologram', version: 1 }), () => ({ name: 'constructor', version: 1 })]) {
      const { content } = foldConversation(events, unmapped);
      expect(content).toMatchObject({ eventCount: 2, sessions: [], anomalies: [], producedBy: { mappers: {} } });
      expect(content.lifecycle).toHaveLength(2);
      expect(content.startedAt).toBe('2026-01-05T12:00:00.000Z');
    }
  });

  test('an event that makes its mapper throw is isolated and named, and the others count', () => {
    const body = new Proxy(
      {},
      {
        get: () => {
          throw new Error('a broken body');
        },
      },
    );
    const broken: CanonicalEvent = { ...anEvent({ type: 'user.end', at: minute(1) }), body };
    const content = fold(anEvent(), broken, anEvent({ type: 'customer.end', at: minute(2) }));
    expect(content).toMatchObject({ status: 'final', eventCount: 3, endedAt: '2026-01-05T12:02:00.000Z' });
    expect(content.lifecycle.map(({ action }) => action)).toEqual(['customer.start', 'user.end', 'customer.end']);
    expect(content.anomalies).toEqual([
      {
        kind: 'unreadable-event',
        detail:
          'Expected user.end at 2026-01-05T12:01:00.000Z to be readable by the mapper of v2.detail.events.conversation.user.end, ' +
          'which failed; only its lifecycle entry is kept.',
      },
    ]);
  });

  test('a registry that throws for one subject costs that subject alone', () => {
    const failing: MapperOf = (subject) => {
      if (subject.endsWith('user.end')) throw new Error('no such subject');
      return mapperOf(subject);
    };
    const { content } = foldConversation([anEvent(), anEvent({ type: 'user.end' })], failing);
    expect(content.anomalies.map(({ kind }) => kind)).toEqual(['unreadable-event']);
    expect(content.sessions).toHaveLength(1);
  });

  test('the record names the schemas and mappers that made it', () => {
    const { producedBy } = fold(
      anEvent({ schemaVersion: 3 }),
      anEvent({ at: second(1), schemaVersion: 2 }),
      anEvent({ type: 'acw', at: second(2), schemaVersion: 4 }),
    );
    expect(producedBy).toEqual({
      subjects: { 'v2.detail.events.conversation.acw': [4], 'v2.detail.events.conversation.customer.start': [2, 3] },
      mappers: { acw: 1, customer: 1 },
    });
  });

  test('1970 and the future are fine', () => {
    const content = fold(anEvent({ at: 0 }), anEvent({ type: 'customer.end', at: Date.UTC(2999, 0) }));
    expect(content).toMatchObject({
      status: 'final',
      startedAt: '1970-01-01T00:00:00.000Z',
      endedAt: '2999-01-01T00:00:00.000Z',
    });
  });

  test.each([Date.UTC(10_000, 0), 8.64e15 + 1, Number.MAX_SAFE_INTEGER])(
    'a time of %d, which no date can say, is unknown and named',
    (at) => {
      const content = fold(anEvent(), anEvent({ type: 'customer.end', at }));
      expect(content).toMatchObject({ status: 'final', endedAt: null, durationMs: null });
      expect(content.lifecycle.map(({ timestamp }) => timestamp)).toEqual(['2026-01-05T12:00:00.000Z', null]);
      expect(content.anomalies).toEqual([
        {
          kind: 'impossible-time',
          detail: `Expected the time of customer.end at ${at} to lie before the year 10000, where dates end; taken as unknown.`,
        },
      ]);
    },
  );

  test('nothing folds into an empty record', () => {
    const { content, complete } = foldConversation([], mapperOf);
    expect({ complete, status: content.status, eventCount: content.eventCount }).toEqual({
      complete: false,
      status: 'partial',
      eventCount: 0,
    });
  });

  test('a conversation of both formats is counted from the real feed', () => {
    const { metrics } = fold(
      anEvent({ type: 'user.end', at: second(60), body: { interactingDurationMs: 5000, disconnectType: 'TRANSFER' } }),
      aDetail({ at: second(0), data: { status: 'connected', holdDuration: 3 } }),
      aDetail({ at: second(50), name: 'voice:call:transferred' }),
    );
    expect(metrics).toMatchObject({ talkMs: 5000, holdMs: null, transfers: 1 });
  });

  test('a conversation of both formats whose sessions have all ended is disconnected, whatever its details last said', () => {
    const { content } = foldConversation(
      [
        anEvent({ at: second(0) }),
        aDetail({ at: second(1), data: { status: 'connected' } }),
        anEvent({ type: 'customer.end', at: second(9) }),
      ],
      mapperOf,
    );
    expect(content).toMatchObject({ status: 'final', finalStatus: 'disconnected' });
    expect(content.states.at(-1)).toMatchObject({ state: 'disconnected', from: content.endedAt });
  });

  test('10,000 events are folded in well under a second, in one session or in thousands', () => {
    const events = (sessions: number) =>
      Array.from({ length: 10_000 }, (_, index) => {
        const type = ['user.start', 'user.end', 'acw', 'attributes'][index % 4]!;
        const who = { participant: `agent-${index % 7}`, session: `session-${(index >> 2) % sessions}` };
        return anEvent({ type, at: second(index), ...who, body: { userId: who.participant, interactingDurationMs: 5 } });
      });
    for (const sessions of [1, 5000]) {
      const input = events(sessions);
      const before = process.cpuUsage();
      expect(foldConversation(input, mapperOf).content.eventCount).toBe(10_000);
      // Processor time, not the clock on the wall: whoever shares the machine does not count.
      expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000);
    }
  });
});
