import { conversationsOf, kinds } from '../../localstack/bench/reconstruct/conversation';
import { reportOf, sizes } from '../../localstack/bench/reconstruct/report';
import { foldConversation } from '../../src/core/conversation/fold';
import { compareEvents } from '../../src/core/order';
import { openSchemaRegistry } from '../../src/schema-files';
import { mapperOf } from '../../src/steps/reconstruct';

const registry = openSchemaRegistry();

describe('a conversation of the benchmark', () => {
  test.each(kinds)('%s: has exactly as many facts as asked for, in order, under one id', (kind) => {
    const events = conversationsOf(kind, registry, 200)(200).map(({ event }) => event);
    expect(new Set(events.map(({ conversationId }) => conversationId)).size).toBe(1);
    expect([...events].sort(compareEvents)).toEqual(events);
    const { content, fingerprints } = foldConversation(events, mapperOf(registry));
    expect(fingerprints).toHaveLength(200);
    expect(content.eventCount).toBe(200);
    expect(content.anomalies.filter(({ kind: of }) => of === 'unreadable-event')).toEqual([]);
  });

  test('that is reopened keeps its sessions, one of the feed has ever more of them', () => {
    const sessionsOf = (kind: (typeof kinds)[number], size: number): number => {
      const events = conversationsOf(kind, registry, size)(size).map(({ event }) => event);
      return foldConversation(events, mapperOf(registry)).content.sessions.length;
    };
    expect(sessionsOf('reopened', 300)).toBe(sessionsOf('reopened', 150));
    expect(sessionsOf('feed', 300)).toBeGreaterThan(1.5 * sessionsOf('feed', 150));
  });
});

describe('what reconstruct costs', () => {
  const aRound = (microsOf: (size: number) => number) =>
    kinds.flatMap((kind) => sizes.map((size) => ({ kind, size, floor: 10, stages: { fold: microsOf(size), pack: 5 } })));

  test('is the middle round, against the floor and against fewer events', () => {
    const { rows, complaints } = reportOf([20, 35, 900].map((micros) => aRound(() => micros)));
    expect(complaints).toEqual([]);
    expect(rows.map(({ name }) => name)).toContain('feed, 10,000 events');
    const { cells } = rows.at(-1)!;
    expect(cells).toMatchObject({ 'CPU µs/event': { value: 40 }, 'of floor': { value: 4 }, growth: { value: 1 } });
    expect(cells).toMatchObject({ fold: { value: 35 }, 'ms a close': { value: 400 } });
  });

  test('that grows faster than the events is a complaint', () => {
    const { complaints } = reportOf([aRound((size) => size / 100)]);
    expect(complaints).toHaveLength(kinds.length);
    expect(complaints[0]).toContain('feed: an event of 10000 takes');
  });
});
