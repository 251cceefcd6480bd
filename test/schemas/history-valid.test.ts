import type { CanonicalEvent } from '../../src/core/event';
import type { EventsRead } from '../../src/core/formats/read-events';
import type { JsonObject } from '../../src/core/json';
import type { EventSubject } from '../../src/core/schema-registry';
import { registry } from '../outside';
import { createChance } from '../simulation/chance';
import { carriersOf, inLambdaFailure, inNotification, isCarried } from './carried';
import { type Draw, drawInstance, turnsOf } from './instance';
import { fold, take } from './taken';

/* What was valid at any point of the history is taken today, whole and without drift. */

/** All fields, with every value of every enum and every bound; few, some; and nulls where a field may be left out. */
const waysOf = (schema: JsonObject): readonly Draw[] => [
  ...Array.from({ length: turnsOf(schema) }, (_, turn) => ({
    chance: createChance(turn),
    presence: 1,
    nulls: turn % 3 === 2 ? 0.3 : 0,
    turn,
  })),
  ...Array.from({ length: 4 }, (_, turn) => ({ chance: createChance(turn), presence: 0, nulls: 0, turn: turn * 3 })),
  ...Array.from({ length: 8 }, (_, seed) => ({ chance: createChance(seed), presence: 0.5, nulls: 0.2, turn: null })),
];

interface Carried {
  readonly version: number;
  readonly body: string;
  readonly read: EventsRead;
}

/** Each instance in the next of its subject's carriers. */
const carriedOf = (subject: EventSubject): readonly Carried[] =>
  registry.versionsOf(subject.subject).flatMap((schema, at) =>
    waysOf(schema).map((way, turn) => {
      const carriers = carriersOf(subject, drawInstance(schema, way) as JsonObject);
      const body = JSON.stringify(carriers[turn % carriers.length]);
      return { version: at + 1, body, read: take(body) };
    }),
  );

const faultsOf = (subject: EventSubject, { events, passed, rejection, drift }: EventsRead): readonly string[] => {
  const expected = subject.action === 'reconstruct' || subject.action === 'attach' ? [1, 0] : [0, 1];
  return [
    ...(rejection === null ? [] : [`${rejection.reason}: ${rejection.detail}`]),
    ...drift.map((one) => `${one.subject}: ${one.drift.kind} ${one.drift.path}`),
    ...(String([events.length, passed.length]) === String(expected) ? [] : [`${events.length} events, ${passed.length} passed`]),
    ...[...events, ...passed].filter((one) => one.subject.subject !== subject.subject).map((one) => `taken as ${one.subject.subject}`),
  ];
};

const eventsOf = ({ read }: Carried): readonly CanonicalEvent[] => read.events.map(({ event }) => ({ ...event, conversationId: 'one' }));

const distinct = (faults: readonly string[]): readonly string[] => [...new Set(faults)];

describe.each(registry.eventSubjects.filter(isCarried).map((subject) => [subject.subject, subject] as const))('%s', (_name, subject) => {
  const carried = carriedOf(subject);

  test('every event that any of its versions allows is taken, and is no drift', () => {
    const wrong = carried.flatMap(({ version, read }) => faultsOf(subject, read).map((fault) => `v${version}: ${fault}`));
    expect(distinct(wrong)).toEqual([]);
    expect(distinct(carried.map(({ version }) => String(version)))).toHaveLength(subject.version);
  });

  test('each event makes a record, alone and beside the others', () => {
    const groups = [...carried.map(eventsOf), carried.flatMap(eventsOf)].filter((events) => events.length > 0);
    expect(distinct(groups.flatMap((events) => fold(events).faults))).toEqual([]);
    expect(groups.length > 0).toBe(subject.action === 'reconstruct' || subject.action === 'attach');
  });

  test('wrappers around it change nothing', () => {
    const { body = '' } = carried.at(-1) ?? {};
    const wrapped = [inNotification(body), inLambdaFailure(body), inLambdaFailure(inNotification(inNotification(body)))];
    expect(wrapped.flatMap((text) => faultsOf(subject, take(text)))).toEqual([]);
  });
});
