import { generateTraffic } from '../../localstack/traffic/generate';
import { repertoire } from '../../localstack/traffic/repertoire';
import { sabotage } from '../../localstack/traffic/sabotage';
import type { PlannedMessage, Traffic } from '../../localstack/traffic/traffic';

/* Promises about generated traffic that need no program: it is what its plan says. */

const seeds = Array.from({ length: 12 }, (_, index) => `seed-${index}`);
const runs = seeds.map((seed) => ({ seed, traffic: generateTraffic({ seed, conversations: 60 }) }));
const everyRun = (hold: (traffic: Traffic) => void): void => runs.forEach(({ traffic }) => hold(traffic));

const good = (message: PlannedMessage): boolean => message.kind !== 'bad';
const unique = (items: readonly string[]): boolean => new Set(items).size === items.length;
const factsUpTo = (traffic: Traffic, conversationId: string, wave: number): Set<string> =>
  new Set(
    traffic.messages
      .filter((message) => message.conversationId === conversationId && message.wave <= wave)
      .flatMap(({ facts }) => facts),
  );

test('the same seed gives the same traffic, another seed another', () => {
  const [first] = runs;
  expect(generateTraffic({ seed: first!.seed, conversations: 60 })).toEqual(first!.traffic);
  expect(runs[1]!.traffic.messages[0]!.body).not.toBe(first!.traffic.messages[0]!.body);
});

test('a conversation does not depend on how many there are besides', () => {
  const few = generateTraffic({ seed: 'seed-0', conversations: 10 });
  expect(few.truths).toEqual(runs[0]!.traffic.truths.slice(0, 10));
});

test('the default run tells every story at least once', () => {
  expect(repertoire.length).toBeLessThanOrEqual(50);
  everyRun(({ truths }) => expect(new Set(truths.map(({ story }) => story)).size).toBeGreaterThan(30));
});

test('every fact of a truth is delivered by the wave that its revision counts it in', () => {
  everyRun((traffic) => {
    for (const { conversationId, revisions } of traffic.truths)
      for (const { wave, eventCount } of revisions) expect(factsUpTo(traffic, conversationId, wave).size).toBe(eventCount);
  });
});

test('the last revision is the record, and each revision brings something new', () => {
  everyRun(({ truths }) => {
    for (const { revisions, expected } of truths) {
      const last = revisions.at(-1)!;
      expect(last).toMatchObject({ status: expected.status, eventCount: expected.eventCount, missing: expected.missing });
      const counts = revisions.map(({ eventCount }) => eventCount);
      expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
      expect(expected.lifecycle).toHaveLength(expected.eventCount);
    }
  });
});

test('later waves come only from reopened and late conversations and from duplicates', () => {
  everyRun(({ messages, truths }) => {
    const byId = new Map(truths.map((truth) => [truth.conversationId, truth]));
    for (const { wave, kind, conversationId } of messages.filter((message) => message.wave > 1 && message.kind !== 'duplicate')) {
      const { reopened, late, revisions } = byId.get(conversationId!)!;
      expect(reopened || late).toBe(true);
      expect(revisions.map((revision) => revision.wave)).toContain(wave);
      expect(['reopening', 'late', 'republished']).toContain(kind);
    }
  });
});

test('conversations, canaries and EventBridge ids are unique', () => {
  everyRun(({ messages, truths, canaries }) => {
    expect(unique(truths.map(({ conversationId }) => conversationId))).toBe(true);
    expect(unique(canaries.map(({ token }) => token))).toBe(true);
    const published = messages.filter(({ kind }) => kind !== 'duplicate' && kind !== 'bad').map(({ body }) => body);
    expect(unique(published)).toBe(true);
    const ids = published
      .filter((body) => body.startsWith('{"version":"0"'))
      .map((body) => (JSON.parse(body) as { id: string }).id);
    expect(unique(ids)).toBe(true);
  });
});

test('a duplicate is byte for byte what came before, a republished message never', () => {
  everyRun(({ messages }) => {
    const originals = new Set(
      messages.filter(({ kind }) => !['duplicate', 'republished', 'bad'].includes(kind)).map(({ body }) => body),
    );
    for (const { kind, body } of messages.filter(good)) {
      if (kind === 'duplicate') expect(originals).toContain(body);
      if (kind === 'republished') expect(originals).not.toContain(body);
    }
  });
});

test('messages are sent wave by wave, in another order than things happened', () => {
  everyRun(({ messages }) => {
    const waves = messages.map(({ wave }) => wave);
    expect(waves).toEqual([...waves].sort());
    const firstOfAll = messages
      .filter(({ wave, kind }) => wave === 1 && kind === 'good')
      .map(({ conversationId }) => conversationId);
    expect(new Set(firstOfAll.slice(0, 20)).size).toBeGreaterThan(5);
  });
});

test('every run has duplicates, republished, late, reopening and wrapped messages', () => {
  everyRun(({ messages }) => {
    const kinds = new Set(messages.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['bad', 'duplicate', 'good', 'late', 'reopening', 'republished']);
    for (const mark of ['{"Type":"Notification"', '"requestPayload":', '"replay-name":', '{"topicName":'])
      expect(messages.some(({ body }) => body.includes(mark) && (mark[0] !== '{' || body.startsWith(mark)))).toBe(true);
  });
});

test('every reason that needs no configuration is asked for, and only bad messages have one', () => {
  everyRun(({ messages }) => {
    const reasons = messages.map(({ rejects }) => rejects?.reason).filter((reason) => reason !== undefined);
    expect([...new Set(reasons)].sort()).toEqual([
      ...['invalid', 'not-json', 'not-object', 'too-deep', 'too-large', 'unknown-envelope', 'unknown-type'],
    ]);
    expect(messages.filter(({ rejects }) => rejects !== undefined).every(({ kind }) => kind === 'bad')).toBe(true);
  });
});

test('a message fits into a queue', () => {
  everyRun(({ messages }) => {
    for (const { body } of messages) {
      expect(Buffer.byteLength(body)).toBeGreaterThan(0);
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(1_048_576);
    }
  });
});

describe('sabotage', () => {
  const lost = (before: Traffic, after: Traffic): readonly string[] => {
    const left = new Set(after.messages.flatMap(({ facts }) => facts));
    return [...new Set(before.messages.flatMap(({ facts }) => facts))].filter((fact) => !left.has(fact));
  };

  test('by dropping takes one fact away that nothing else carries, and leaves the truth', () => {
    everyRun((traffic) => {
      const spoilt = sabotage(traffic, 'drop-event');
      expect(spoilt.truths).toBe(traffic.truths);
      expect(spoilt.messages).toHaveLength(traffic.messages.length - 1);
      expect(lost(traffic, spoilt)).toHaveLength(1);
    });
  });

  test('by swapping changes the times of two messages of one conversation, and nothing else', () => {
    everyRun((traffic) => {
      const spoilt = sabotage(traffic, 'swap-two');
      const pairs = traffic.messages.map((message, index) => [message, spoilt.messages[index]!] as const);
      const changed = pairs.filter(([before, after]) => before.body !== after.body);
      expect(changed).toHaveLength(2);
      expect(new Set(changed.map(([before]) => before.conversationId)).size).toBe(1);
      const times = (side: 0 | 1) =>
        changed.map(
          (pair) => (JSON.parse(pair[side].body) as { detail: { eventBody: { eventTime: number } } }).detail.eventBody.eventTime,
        );
      expect(times(1)).toEqual(times(0).reverse());
      expect(spoilt.truths).toBe(traffic.truths);
    });
  });
});
