import type { Json, JsonObject } from '../../../../src/core/json';
import { readAvailableTopics } from '../../../../src/core/registry/genesys/available-topics';
import { asReleased } from '../../../../src/core/registry/lock';
import { draftFromGenesys } from '../../../../src/core/registry/genesys/next-from-genesys';
import { schemaDifferences } from '../../../../src/core/registry/genesys/schema-differences';
import {
  compareTopics,
  countDifferences,
  type Filed,
  type TopicsReport,
} from '../../../../src/core/registry/genesys/topic-differences';
import { createSchemaRegistry, type RegistryFile } from '../../../../src/core/schema-registry';
import { readSchemaFiles } from '../../../../src/schema-files';
import { offeredTopics, type OfferedTopic } from './offered-topics';

const files = readSchemaFiles();
const registryWith = (more: readonly RegistryFile[] = []) => createSchemaRegistry(asReleased([...files, ...more]));
const registry = registryWith();
const filedIn = ({ eventSubjects, versionsOf }: typeof registry, seen: Filed['seenInPayloads'] = new Map()): Filed => ({
  subjects: eventSubjects,
  newest: (subject) => versionsOf(subject).at(-1) ?? {},
  seenInPayloads: seen,
});
const filed = filedIn(registry);

const read = (entities: readonly Json[]) => readAvailableTopics({ entities }) ?? { topics: [], unusable: -1 };
const report = (entities: readonly Json[], of = filed): TopicsReport => compareTopics(of, read(entities));
const offered = offeredTopics(registry);

const acdEnd = 'v2.detail.events.conversation.{id}.acd.end';
const subject = 'v2.detail.events.conversation.acd.end';
/** The same offer, with other properties of acd.end. */
const changed = (change: (properties: JsonObject) => JsonObject): readonly OfferedTopic[] =>
  offered.map((topic) => {
    if (topic.id !== acdEnd) return topic;
    const schema = topic['schema'] as JsonObject;
    return { ...topic, schema: { ...schema, properties: change(schema['properties'] as JsonObject) } };
  });
const differencesOf = (change: (properties: JsonObject) => JsonObject) => report(changed(change)).changed[0]?.differences;
const without = (object: JsonObject, key: string): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
const mediaType = (properties: JsonObject, values: (all: readonly string[]) => readonly string[]): JsonObject => ({
  ...properties,
  mediaType: { type: 'string', enum: values((properties['mediaType'] as { enum: readonly string[] }).enum) },
});

test('what the registry knows itself is no difference, in any topic', () => {
  const { compared, changed: found, newTopics, gone, notRouted } = report(offered);
  expect({ found, newTopics, gone, notRouted }).toEqual({ found: [], newTopics: [], gone: [], notRouted: [] });
  expect(compared).toBe(offered.length);
  expect(compared).toBeGreaterThanOrEqual(16);
});

test('each way to differ is told with its place', () => {
  expect(differencesOf((all) => ({ ...all, score: { type: 'number' } }))).toEqual([
    { kind: 'new-field', path: '$.score', type: 'number' },
  ]);
  expect(differencesOf((all) => without(all, 'queueId'))).toEqual([{ kind: 'field-gone', path: '$.queueId' }]);
  expect(differencesOf((all) => mediaType(all, (values) => [...values, 'HOLOGRAM']))).toEqual([
    { kind: 'new-values', path: '$.mediaType', values: ['HOLOGRAM'] },
  ]);
  expect(differencesOf((all) => mediaType(all, (values) => values.filter((value) => value !== 'VOICE')))).toEqual([
    { kind: 'values-gone', path: '$.mediaType', values: ['VOICE'] },
  ]);
  expect(differencesOf((all) => ({ ...all, mediaType: { type: 'string' } }))).toEqual([
    { kind: 'changed-type', path: '$.mediaType', ours: 'one of 11 values', theirs: 'string' },
  ]);
  expect(differencesOf((all) => ({ ...all, queueId: { type: 'integer' } }))).toEqual([
    { kind: 'changed-type', path: '$.queueId', ours: 'string', theirs: 'integer' },
  ]);
  expect(differencesOf((all) => ({ ...all, requestedRoutingSkillIds: { type: 'array', items: { type: 'object' } } }))).toEqual([
    { kind: 'changed-type', path: '$.requestedRoutingSkillIds[*]', ours: 'string', theirs: 'object' },
  ]);
  expect(differencesOf((all) => ({ ...all, queueId: { $ref: 'urn:jsonschema:v2:Nowhere' } }))).toMatchObject([
    { kind: 'unreadable', path: '$.queueId' },
  ]);
});

test.each<[string, JsonObject, JsonObject]>([
  ['a type', {}, { type: 'string' }],
  ['values', { type: 'string', enum: ['A'] }, {}],
  ['fields', { type: 'object' }, { type: 'object', properties: { a: { type: 'string' } } }],
  ['entries', { type: 'object', additionalProperties: { type: 'string' } }, { type: 'object' }],
  ['items', { type: 'array' }, { type: 'array', items: { type: 'string' } }],
])('where only one of the two tells %s there is no difference', (_, one, other) => {
  expect(schemaDifferences(one, other)).toEqual([]);
  expect(schemaDifferences(other, one)).toEqual([]);
});

test('what ours allows besides is no difference, what it does not allow is', () => {
  expect(schemaDifferences({ type: 'number' }, { type: 'integer' })).toEqual([]);
  expect(schemaDifferences({ type: ['string', 'integer'] }, { type: 'integer' })).toEqual([]);
  expect(schemaDifferences({ type: 'integer' }, { type: 'number' })).toMatchObject([{ kind: 'changed-type' }]);
  const map: JsonObject = { type: 'object', additionalProperties: { type: 'string' } };
  const record: JsonObject = { type: 'object', properties: { a: { type: 'string' } } };
  expect(schemaDifferences(map, record)).toEqual([{ kind: 'changed-type', path: '$', ours: 'map', theirs: 'object' }]);
});

test('a topic that came without its schema was not compared, and that is told', () => {
  const entities = offered.map((topic) => (topic.id === acdEnd ? without(topic, 'schema') : topic));
  expect(report(entities).changed).toMatchObject([{ topic: acdEnd, differences: [{ kind: 'unreadable', path: '$' }] }]);
});

test('a new topic counts if EventBridge can have it, or may have it', () => {
  const topic = (id: string, transports?: readonly string[]): Json => ({
    id,
    schema: { type: 'object', properties: { a: {} } },
    ...(transports && { transports }),
  });
  const entities = [
    topic('v2.a', ['All']),
    topic('v2.b', ['Websocket', 'ProcessAutomation']),
    topic('v2.c', ['Websocket', 'EventBridge']),
    topic('v2.d'),
  ];
  const { newTopics, otherTopics, gone } = report([...offered, ...entities]);
  expect(newTopics).toEqual([
    { topic: 'v2.a', transports: ['All'], fields: 1 },
    { topic: 'v2.c', transports: ['Websocket', 'EventBridge'], fields: 1 },
    { topic: 'v2.d', transports: null, fields: 1 },
  ]);
  expect({ otherTopics, gone }).toEqual({ otherTopics: 1, gone: [] });
});

test('a topic that is gone is told, one that EventBridge lost is only mentioned', () => {
  const entities = offered
    .filter(({ id }) => id !== acdEnd)
    .map((topic) => (topic.id.endsWith('acd.start') ? { ...topic, transports: ['Websocket'] } : topic));
  const { gone, notRouted } = report(entities);
  expect(gone).toEqual([acdEnd]);
  expect(notRouted).toEqual(['v2.detail.events.conversation.{id}.acd.start']);
});

test('a topic goes by its former names, too, and is not new under any', () => {
  const [first, ...rest] = offered;
  const renamed = {
    ...filed,
    subjects: filed.subjects.map((one) => (one.name === first?.id ? { ...one, formerNames: ['v2.old'] } : one)),
  };
  const old = { ...first, id: 'v2.old' } as OfferedTopic;
  expect(countDifferences(report([old, ...rest], renamed))).toBe(0);
  expect(countDifferences(report([old, ...offered], renamed))).toBe(0);
  expect(countDifferences(report([old, ...rest]))).toBe(2);
});

test('a field known from payloads is not gone, whatever their schema lacks; any other is', () => {
  const seen = filedIn(registry, new Map([[subject, ['$.queueId']]]));
  const entities = changed((all) => without(without(all, 'queueId'), 'divisionId'));
  const { changed: found, seenInPayloads } = report(entities, seen);
  expect(found).toMatchObject([{ differences: [{ kind: 'field-gone', path: '$.divisionId' }] }]);
  expect(seenInPayloads).toEqual([`${subject} $.queueId`]);
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['a list', []],
  ['an error body', { message: 'x', code: 'not.found' }],
  ['no topics', { entities: [] }],
  [
    'entries that are no topics',
    { entities: [null, 7, {}, { id: '' }, { id: '../../etc' }, { id: 'v2.\u001b[31m' }, { id: 'v2..a' }] },
  ],
])('%s is no list of topics', (_, answer) => {
  expect(readAvailableTopics(answer)).toBeNull();
});

test('an entry that is no topic, or repeats one, is counted and harms no other', () => {
  const { changed: found, unusable } = report([...offered, null, { id: 'no topic' }, { id: acdEnd, schema: {} }]);
  expect({ found, unusable }).toEqual({ found: [], unusable: 3 });
});

test('topics named like parts of JavaScript are topics', () => {
  const entities = ['constructor', 'hasOwnProperty', 'v2.__proto__'].map((id) => ({ id, transports: ['All'], schema: {} }));
  expect(report([...offered, ...entities]).newTopics.map(({ topic }) => topic)).toEqual([
    'constructor',
    'hasOwnProperty',
    'v2.__proto__',
  ]);
});

test('ten thousand topics are compared', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => ({
    id: `v2.many.{id}.t${at}`,
    transports: ['EventBridge'],
    schema: offered[at % offered.length]?.['schema'] ?? {},
  }));
  expect(report([...offered, ...many]).newTopics).toHaveLength(10_000);
});

describe('a draft', () => {
  const drafts = (entities: readonly Json[]): readonly RegistryFile[] =>
    draftFromGenesys(report(entities), read(entities), filed, '2026-11-20');

  test('of a changed topic has what was added, loses nothing, and ends the difference', () => {
    const entities = changed((all) => ({
      ...mediaType(all, (values) => [...values.slice(1), 'HOLOGRAM']),
      score: { type: 'number' },
    }));
    const version = registry.versionsOf(subject).length + 1;
    const written = drafts(entities);
    expect(written).toMatchObject([
      {
        path: `${subject}/v${version}.json`,
        content: {
          'x-since': '2026-11-20',
          description: 'Adds mediaType HOLOGRAM; field score.',
          required: ['eventTime', 'conversationId'],
        },
      },
    ]);
    const after = report(entities, filedIn(registryWith(written)));
    expect(after.changed).toMatchObject([{ version, differences: [{ kind: 'values-gone', values: ['UNKNOWN'] }] }]);
  });

  test('of a new topic is passed on, and ends the difference', () => {
    const topic = {
      id: 'v2.users.{id}.mood',
      transports: ['All'],
      schema: { type: 'object', properties: { mood: { type: 'string' } } },
    };
    const written = drafts([...offered, topic]);
    expect(written.map(({ path }) => path)).toEqual(['v2.users.mood/subject.json', 'v2.users.mood/v1.json']);
    const after = registryWith(written);
    expect(after.eventSubject('genesys', topic.id)).toMatchObject({ action: 'pass', type: 'users.mood' });
    expect(countDifferences(report([...offered, topic], filedIn(after)))).toBe(0);
  });

  test('is made neither of what was lost or retyped, nor of a name that a folder must not or cannot have', () => {
    expect(drafts(changed((all) => ({ ...without(all, 'queueId'), provider: { type: 'integer' } })))).toEqual([]);
    const names = ['lock.json', 'v2.detail.events.conversation.acd.{id}.END', 'v2.users.mood'];
    const topics = names.map((id) => ({
      id,
      transports: ['All'],
      ...(id === 'v2.users.mood' ? {} : { schema: { type: 'object' } }),
    }));
    expect(drafts([...offered, ...topics])).toEqual([]);
  });
});
