import { findDifferences } from '../../../localstack/traffic/compare';
import { generateTraffic } from '../../../localstack/traffic/generate';
import { foldConversation } from '../../../src/core/conversation/fold';
import type { CanonicalEvent } from '../../../src/core/event';
import { readEnvelope } from '../../../src/core/formats/envelope';
import { readEvents } from '../../../src/core/formats/read-events';
import { openSchemaRegistry } from '../../../src/schema-files';

const registry = openSchemaRegistry();

const read = (body: string): readonly CanonicalEvent[] => {
  const envelope = readEnvelope(body);
  return 'reason' in envelope ? [] : readEvents(envelope, registry, []).events.map(({ event }) => event);
};

const foldBodies = (bodies: readonly string[]) => {
  const events = new Map<string, CanonicalEvent[]>();
  for (const event of bodies.flatMap(read)) {
    const own = events.get(event.conversationId);
    if (own) own.push(event);
    else events.set(event.conversationId, [event]);
  }
  return (conversationId: string) =>
    foldConversation(events.get(conversationId) ?? [], (subject) => {
      const known = registry.subjectNamed(subject);
      return known && { name: known.mapper, version: known.mapperVersion };
    }).content;
};

// The truth is computed forward from what people did and knows nothing of events or of this program.
describe('generated conversations', () => {
  const { messages, truths } = generateTraffic({ seed: 'fold', conversations: 120 });

  test('fold into the truth about them', () => {
    const contentOf = foldBodies(messages.map(({ body }) => body));
    const wrong = truths.flatMap(({ story, conversationId, expected }) =>
      findDifferences(expected, { ...contentOf(conversationId) }).map((difference) => `${story}: ${difference}`),
    );
    expect(wrong).toEqual([]);
    expect(new Set(truths.map(({ story }) => story)).size).toBeGreaterThan(15);
  });

  test('say after each wave of messages what was known by then', () => {
    for (const wave of [1, 2, 3]) {
      const contentOf = foldBodies(messages.filter((message) => message.wave <= wave).map(({ body }) => body));
      for (const { conversationId, revisions } of truths) {
        const expected = revisions.find((revision) => revision.wave === wave);
        if (!expected) continue;
        const { status, missing, eventCount } = contentOf(conversationId);
        expect({ status, eventCount }).toEqual({ status: expected.status, eventCount: expected.eventCount });
        expect(missing).toEqual(expected.missing ?? missing);
      }
    }
  });
});
