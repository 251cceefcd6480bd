import { findDifferences } from '../../localstack/traffic/compare';
import { generateTraffic } from '../../localstack/traffic/generate';
import { sabotage } from '../../localstack/traffic/sabotage';
import { readSamples, sampleMessages } from '../../localstack/traffic/samples';
import type { PlannedMessage, Traffic, Truth } from '../../localstack/traffic/traffic';
import { foldConversation } from '../../src/core/conversation/fold';
import type { CanonicalEvent } from '../../src/core/event';
import { readEnvelope } from '../../src/core/formats/envelope';
import { readEvents } from '../../src/core/formats/read-events';
import type { RecordContent } from '../../src/core/record';
import { openSchemaRegistry } from '../../src/schema-files';

/*
 * Two witnesses who never met: the truth, written forward from scripts, and the program's own decoding, registry and fold. Where
 * they disagree, one of them misread the design. No window, no table: what was delivered is folded at once.
 */

const registry = openSchemaRegistry();
const mapperOf = (subject: string) => {
  const known = registry.subjectNamed(subject);
  return known && { name: known.mapper, version: known.mapperVersion };
};

interface Read {
  readonly reason: string | null;
  readonly events: readonly CanonicalEvent[];
  /** The subjects of those that are passed on. */
  readonly passed: readonly string[];
}

const read = (body: string): Read => {
  const envelope = readEnvelope(body);
  if ('reason' in envelope) return { reason: envelope.reason, events: [], passed: [] };
  const { events, passed, rejection } = readEvents(envelope, registry, []);
  return {
    reason: rejection?.reason ?? null,
    events: events.map(({ event }) => event),
    passed: passed.map(({ subject }) => subject.subject),
  };
};

const fold = (messages: readonly PlannedMessage[]): ((conversationId: string) => RecordContent) => {
  const byConversation = new Map<string, CanonicalEvent[]>();
  for (const event of messages.flatMap(({ body }) => read(body).events)) {
    const sofar = byConversation.get(event.conversationId);
    if (sofar) sofar.push(event);
    else byConversation.set(event.conversationId, [event]);
  }
  return (conversationId) => foldConversation(byConversation.get(conversationId) ?? [], mapperOf).content;
};

const disagreements = ({ messages, truths }: Traffic): readonly string[] => {
  const contentOf = fold(messages);
  return truths.flatMap(({ conversationId, story, expected }) =>
    findDifferences(expected, { ...contentOf(conversationId) }).map((difference) => `${story}: ${difference}`),
  );
};

const seeds = Array.from({ length: 8 }, (_, index) => `fold-${index}`);
const trafficOf = (seed: string): Traffic => generateTraffic({ seed, conversations: 80 });

describe.each(seeds)('traffic of %s', (seed) => {
  const traffic = trafficOf(seed);

  test('leaves the records that the truth says', () => {
    expect(disagreements(traffic)).toEqual([]);
  });

  test('says after each wave what its revision must say', () => {
    for (const wave of [1, 2, 3]) {
      const contentOf = fold(traffic.messages.filter((message) => message.wave <= wave));
      const due = traffic.truths.flatMap((truth: Truth) =>
        truth.revisions.filter((revision) => revision.wave === wave).map((revision) => ({ ...truth, revision })),
      );
      for (const { conversationId, revision } of due) {
        const { status, missing, eventCount } = contentOf(conversationId);
        expect({ wave, status, missing, eventCount }).toEqual(revision);
      }
    }
  });

  test('is refused where it is bad, for the planned reason, and nowhere else', () => {
    // Whether an event is too large for its table's item shows only when it is stored.
    const judged = traffic.messages.filter(({ rejects }) => rejects?.reason !== 'too-large');
    expect(judged.map(({ body }) => read(body).reason)).toEqual(judged.map(({ rejects }) => rejects?.reason ?? null));
  });

  test.each(['drop-event', 'swap-two'] as const)('does not match the truth after %s', (how) => {
    expect(disagreements(sabotage(traffic, how, seed))).not.toEqual([]);
  });
});

describe.each(readSamples().map((file) => [file.name, file] as const))('%s', (_, file) => {
  test('has each line admitted or refused as committed', () => {
    const outcomes = file.lines.map(({ body }) => {
      const { reason, events, passed } = read(body);
      if (reason !== null) return { reason };
      return passed.length > 0 ? { passed: passed.join() } : { conversationId: events[0]?.conversationId };
    });
    expect(outcomes).toEqual(file.lines.map(({ outcome }) => outcome));
  });

  test('leaves the records that are committed', () => {
    const contentOf = fold(sampleMessages([file]));
    const differences = file.records.flatMap((expected) => findDifferences(expected, { ...contentOf(expected.conversationId) }));
    expect(differences).toEqual([]);
  });
});
