import type { EventsRead } from '../../src/core/formats/read-events';
import type { JsonObject } from '../../src/core/json';
import type { EventSubject } from '../../src/core/schema-registry';
import { admitAndClose, memoryOutside, registry } from '../outside';
import { type Chance, createChance } from '../simulation/chance';
import { carriersOf, isCarried } from './carried';
import { driftOnce } from './drifted';
import { drawInstance } from './instance';
import { fold, take } from './taken';

/*
 * Senders change without a word. While an event says which conversation it is of, when it was and what it is, it is taken.
 */

/** Of each subject; together some thousands. */
const seeds = 40;

const newestOf = ({ subject }: EventSubject): JsonObject => registry.versionsOf(subject).at(-1) ?? {};

/** What stays sound: what we depend on, and what an attached event's subject reads. */
const keptOf = ({ dependsOn, reads }: EventSubject): readonly string[] => [
  ...dependsOn,
  ...[reads.conversationId, reads.eventTime].filter((path) => path !== null),
];

/** The carriers' own fields drift, too; the event inside has its turn before. */
const keptOfEnvelope: Readonly<Record<string, readonly string[]>> = {
  // Also around a detail envelope, which is then its detail.
  'envelope.eventbridge': ['detail-type', 'detail.eventBody', 'detail.type', 'detail.createdTimestamp', 'detail.data'],
  'envelope.bare-detail': ['topicName', 'eventBody'],
  'envelope.detail': ['type', 'createdTimestamp', 'data.id', 'data.details'],
  'envelope.conversation-end': ['detail-type', 'detail.conversationId', 'detail.timestamp'],
};

const envelopeOf = ({ format }: EventSubject, carrier: JsonObject): string => {
  if (format === 'conversation-end') return 'envelope.conversation-end';
  if (format === 'detail-envelope' && !('detail' in carrier)) return 'envelope.detail';
  return 'eventBody' in carrier ? 'envelope.bare-detail' : 'envelope.eventbridge';
};

const wholeInstance = (subject: EventSubject, chance: Chance): JsonObject =>
  drawInstance(newestOf(subject), { chance, presence: chance.pick([1, 1, 0.5]), nulls: 0, turn: null }) as JsonObject;

const drifted = (schema: JsonObject, value: JsonObject, kept: readonly string[], chance: Chance): JsonObject =>
  Array.from({ length: chance.whole(1, 8) }).reduce<JsonObject>(
    (sofar) => driftOnce(schema, sofar, kept, chance)?.value ?? sofar,
    value,
  );

/** A sound event, and the same after its sender has changed it and its carrier as senders do. */
const driftedPair = (subject: EventSubject, chance: Chance): { readonly sound: string; readonly changed: string } => {
  const payload = wholeInstance(subject, chance);
  // Its end mark says when by itself, or else its carrier does.
  const stated = subject.format === 'conversation-end' ? { ...payload, timestamp: '2026-08-05T12:34:56Z' } : payload;
  const carrier = chance.whole(0, carriersOf(subject, stated).length - 1);
  const carry = (body: JsonObject): JsonObject => carriersOf(subject, body)[carrier] ?? {};
  const around = carry(drifted(newestOf(subject), stated, keptOf(subject), chance));
  const envelope = envelopeOf(subject, around);
  const changed = chance.is(0.5)
    ? drifted(registry.versionsOf(envelope).at(-1) ?? {}, around, keptOfEnvelope[envelope] ?? [], chance)
    : around;
  return { sound: JSON.stringify(carry(stated)), changed: JSON.stringify(changed) };
};

const identitiesIn = ({ events, passed }: EventsRead): readonly unknown[] => [
  ...events.map(({ event, subject }) => [subject.subject, event.conversationId, subject.rank > 0 && event.eventTimeMs]),
  ...passed.map(({ subject }) => [subject.subject]),
];

const carriedSubjects = registry.eventSubjects.filter(isCarried);
const subjects = carriedSubjects.map((subject) => [subject.subject, subject] as const);

describe.each(subjects)('%s', (_name, subject) => {
  test('one departure is seen and called by its name, or is none; the event is taken', () => {
    const wrong = Array.from({ length: seeds }, (_, seed) => {
      const chance = createChance(seed);
      const one = driftOnce(newestOf(subject), wholeInstance(subject, chance), keptOf(subject), chance);
      if (!one) return [];
      const verdict = registry.validate(subject.subject, one.value);
      const kinds = verdict.ok ? verdict.drift.map(({ kind }) => kind) : [verdict.detail];
      return kinds.join() === (one.kind ?? '') ? [] : [`${seed}, ${one.what}: ${kinds.join(', ') || 'nothing'}`];
    });
    expect(wrong.flat()).toEqual([]);
  });

  test('any number of them, in it and around it, cost neither the event nor its record', () => {
    const wrong = Array.from({ length: seeds }, (_, seed) => {
      const { sound, changed } = driftedPair(subject, createChance(1_000 + seed));
      const read = take(changed);
      const identity = JSON.stringify(identitiesIn(read)) === JSON.stringify(identitiesIn(take(sound)));
      const faults = read.events.length === 0 ? [] : fold(read.events.map(({ event }) => event)).faults;
      return [
        ...(read.rejection === null ? [] : [`${seed}: ${read.rejection.reason}, ${read.rejection.detail}`]),
        ...(identity ? [] : [`${seed}: not the same event any more`]),
        ...faults.map((fault) => `${seed}: ${fault}`),
      ];
    });
    expect(wrong.flat()).toEqual([]);
  });
});

test('what drifts goes through the six steps like anything else: nothing is set aside, and every conversation has its record', async () => {
  const reconstructed = carriedSubjects.filter(({ action }) => action === 'reconstruct');
  const bodies = carriedSubjects.flatMap((subject) =>
    Array.from({ length: 6 }, (_, seed) => driftedPair(subject, createChance(5_000 + seed)).changed),
  );
  const outside = memoryOutside();
  const done = await admitAndClose(outside, bodies);
  expect(outside.deadLetters.letters()).toEqual([]);
  expect(done).toHaveLength(bodies.length);
  const expected = bodies.flatMap((body) =>
    take(body).events.flatMap(({ event, subject }) => (reconstructed.includes(subject) ? [event.conversationId] : [])),
  );
  const recorded = outside.table.records().map(({ record }) => record.conversationId);
  expect(new Set(recorded)).toEqual(new Set(expected));
  expect(outside.table.heads().filter(({ state }) => state === 'parked')).toEqual([]);
});
