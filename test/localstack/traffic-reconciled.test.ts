import { analyticsOf } from '../../localstack/traffic/analytics';
import { generateTraffic } from '../../localstack/traffic/generate';
import type { Truth } from '../../localstack/traffic/traffic';
import { foldConversation } from '../../src/core/conversation/fold';
import type { CanonicalEvent } from '../../src/core/event';
import { readEnvelope } from '../../src/core/formats/envelope';
import { readEvents } from '../../src/core/formats/read-events';
import type { JsonObject } from '../../src/core/json';
import { compareWithAnalytics } from '../../src/core/reconciliation/compare';
import { correct } from '../../src/core/reconciliation/correct';
import { readFacts } from '../../src/core/reconciliation/facts';
import { registry } from '../outside';

/* Analytics and events of the same people, made from the same script and never from each other, must agree. */

const mapperOf = (subject: string) => {
  const known = registry.subjectNamed(subject);
  return known && { name: known.mapper, version: known.mapperVersion };
};

const eventsIn = (body: string): readonly CanonicalEvent[] => {
  const envelope = readEnvelope(body);
  return 'reason' in envelope ? [] : readEvents(envelope, registry, []).events.map(({ event }) => event);
};

const worldOf = (seed: string) => {
  const traffic = generateTraffic({ seed, conversations: 60 });
  const events = traffic.messages.flatMap(({ body }) => eventsIn(body)).filter((event) => !event.attached);
  const of = ({ conversationId }: Truth) => events.filter((event) => event.conversationId === conversationId);
  const ended = traffic.truths
    .map((truth) => ({ truth, analytics: analyticsOf(truth) as JsonObject }))
    .filter(({ analytics }) => 'conversationEnd' in analytics);
  return ended.map(({ truth, analytics }) => ({ truth, facts: readFacts(analytics), events: of(truth) }));
};

const durationOf = ({ body }: CanonicalEvent): number => Number(body['interactingDurationMs'] ?? 0);
const hasTalk = (event: CanonicalEvent): boolean => event.type === 'user.end' && durationOf(event) > 5_000;

describe.each(Array.from({ length: 6 }, (_, index) => `reconciled-${index}`))('traffic of %s', (seed) => {
  const world = worldOf(seed);

  test('differs in nothing where every event has come', () => {
    // Of a lone end mark nothing else ever came.
    const differences = world
      .filter(({ truth }) => truth.story !== 'end mark alone')
      .flatMap(({ truth, facts, events }) =>
        compareWithAnalytics(foldConversation(events, mapperOf).content, facts).map((one) => ({ story: truth.story, ...one })),
      );
    expect(differences).toEqual([]);
    expect(world.filter(({ facts }) => facts.metrics.talkMs !== undefined).length).toBeGreaterThan(5);
  });

  test('names the talk and the end that were lost with an event, and says them after all', () => {
    const talked = world.filter(({ events }) => events.some(hasTalk) && events.some(({ type }) => type === 'customer.end'));
    expect(talked.length).toBeGreaterThan(5);
    for (const { truth, facts, events } of talked) {
      const lost = new Set(
        events.filter((event) => hasTalk(event) || event.type === 'customer.end').map(({ fingerprint }) => fingerprint),
      );
      const damaged = foldConversation(
        events.filter(({ fingerprint }) => !lost.has(fingerprint)),
        mapperOf,
      ).content;
      const corrected = correct(damaged, facts);
      expect(corrected.corrections?.map(({ field }) => field)).toEqual(expect.arrayContaining(['endedAt', 'metrics.talkMs']));
      expect(corrected).toMatchObject({ status: damaged.status, missing: damaged.missing, endedAt: truth.expected.endedAt });
      expect(corrected.metrics.talkMs).toBe(truth.expected.metrics.talkMs);
      expect(compareWithAnalytics(corrected, facts)).toEqual([]);
    }
  });
});
