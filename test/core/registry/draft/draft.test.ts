import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject } from '../../../../src/core/json';
import { draftProposals } from '../../../../src/core/registry/draft/draft';
import { judgeProposals, registryWith } from '../../../../src/core/registry/draft/outcome';
import { createSchemaRegistry } from '../../../../src/core/schema-registry';
import { endMarkMessage, feedMessage } from '../../../factories';
import { filesOfSubjects } from '../compatibility/some-subjects';

const end = 'v2.detail.events.conversation.customer.end';
const files = filesOfSubjects(
  ...['envelope.eventbridge', 'envelope.bare-detail', 'envelope.sns', 'envelope.detail', 'envelope.conversation-end'],
  ...['envelope.lambda-failure', 'conversation.end', 'detail-envelope.conversation.state', end],
);
const registry = createSchemaRegistry(files);

const event = (body: JsonObject, detailType = 'v2.detail.events.conversation.{id}.customer.end'): string =>
  JSON.stringify({
    'detail-type': detailType,
    detail: { eventBody: { eventTime: 1_765_551_620_040, conversationId: 'c', ...body } },
  });

const propose = (bodies: readonly string[]) => {
  const { proposals, unnameable } = draftProposals(bodies, registry);
  const after = registryWith(files, proposals);
  return { proposals, unnameable, after, outcome: judgeProposals(bodies, registry, after) };
};

const schemaOf = (subject: string, bodies: readonly string[]): JsonObject =>
  propose(bodies).after.versionsOf(subject).at(-1) ?? {};

const propertiesOf = (schema: JsonObject): JsonObject => (isObject(schema['properties']) ? schema['properties'] : {});

test('messages that are admitted without drift ask for nothing', () => {
  expect(propose([event({}), JSON.stringify(endMarkMessage({}))]).proposals).toEqual([]);
});

test('a known subject gets new fields with their types, new constants, wider types, in one next version', () => {
  const { proposals, after, outcome } = propose([
    event({ mediaType: 'HOLOGRAM', novelty: { a: 1 } }),
    event({ interactingDurationMs: 'PT1S', mediaType: 'AURA' }),
  ]);
  expect(proposals).toHaveLength(1);
  expect(proposals[0]).toMatchObject({ subject: end, version: 12, left: [] });
  expect(proposals[0]?.changes).toEqual([
    { kind: 'values-added', path: '$.mediaType', detail: 'AURA, HOLOGRAM' },
    { kind: 'type-widened', path: '$.interactingDurationMs', detail: 'integer, now string too' },
    { kind: 'field-added', path: '$.novelty', detail: '{"type":"object","properties":{"a":{"type":"integer"}}}' },
  ]);
  expect(proposals[0]?.decide).toContainEqual(expect.stringContaining('$.interactingDurationMs may be read by the mapper'));
  const next = after.versionsOf(end).at(-1) ?? {};
  expect(next).toMatchObject({
    $id: `schemas/${end}/v12.json`,
    description: 'Adds field novelty. Adds mediaType AURA, HOLOGRAM. Widens the type of field interactingDurationMs.',
    required: ['eventTime', 'conversationId'],
  });
  expect(next).not.toHaveProperty('x-since');
  expect(outcome).toMatchObject({ messages: 2, admitted: 2, freed: 0, drifting: { before: 2, after: 0 }, stuck: [] });
});

test('a new value that is no constant stays out of the schema', () => {
  const { proposals, outcome } = propose([event({ mediaType: 'Jane Doe' }), event({ direction: '+491701234567' })]);
  expect(proposals).toEqual([]);
  expect(outcome.drifting).toEqual({ before: 2, after: 2 });
});

test('more new values than any release brings open the set', () => {
  const bodies = Array.from({ length: 26 }, (_, at) => event({ mediaType: `KIND_${at}` }));
  expect(propertiesOf(schemaOf(end, bodies))['mediaType']).toEqual({ type: 'string' });
});

test('a field that we depend on in another form is widened, left to a person, and freed only if it can be read', () => {
  const { proposals, outcome } = propose([event({ eventTime: '1765551620040' }), event({ eventTime: '2025-12-12T15:00:20Z' })]);
  expect(proposals[0]?.changes).toEqual([{ kind: 'type-widened', path: '$.eventTime', detail: 'integer, now string too' }]);
  expect(proposals[0]?.decide).toContainEqual(expect.stringContaining('$.eventTime is what Tidemark depends on'));
  expect(outcome).toMatchObject({ admitted: 0, freed: 1, stuck: [{ reason: 'invalid', count: 1 }] });
  expect(outcome.freedBySubject).toEqual(new Map([[end, 1]]));
});

test('what we cannot do without stays required', () => {
  const { proposals, outcome } = propose([event({ conversationId: null })]);
  expect(proposals).toEqual([]);
  expect(outcome.stuck).toEqual([{ reason: 'invalid', detail: '$.conversationId is required, came nothing', count: 1 }]);
});

test('an unknown type gets a first version and a manifest that passes it on, by which it is admitted', () => {
  const { proposals, outcome, after } = propose([
    event({ who: 'Jane Doe', ok: true }, 'v2.new.things.{id}.happened'),
    event({ ok: null }, 'v2.new.things.{id}.happened'),
  ]);
  const [manifest, schema] = proposals[0]?.files ?? [];
  expect(manifest).toMatchObject({
    path: 'v2.new.things.happened/subject.json',
    content: { action: 'pass', name: 'v2.new.things.{id}.happened', type: 'new.things.happened', dependsOn: [] },
  });
  expect(manifest?.content).toMatchObject({ reads: { conversationId: 'conversationId', eventTime: 'eventTime' } });
  expect(schema?.path).toBe('v2.new.things.happened/v1.json');
  expect(JSON.stringify(proposals)).not.toContain('Doe');
  expect(after.eventSubject('genesys', 'v2.new.things.{id}.happened')).toMatchObject({ action: 'pass', version: 1 });
  expect(outcome).toMatchObject({ admitted: 0, freed: 2, stuck: [], freedBySubject: new Map([['v2.new.things.happened', 2]]) });
});

test('where a body does not plainly say whom and when it is about, nothing is guessed', () => {
  const body = JSON.stringify({ 'detail-type': 'v2.new.things', detail: { eventBody: { eventTime: 5, conversationId: 7 } } });
  expect(propose([body]).proposals[0]?.files[0]?.content).not.toHaveProperty('reads');
});

test('a type that arrives alone is filed under its template', () => {
  const topicName = 'v2.users.f47ac10b-58cc-4372-a567-0e02b2c3d479.moods';
  const { proposals, outcome } = propose([JSON.stringify({ topicName, eventBody: { mood: 'fine' } })]);
  expect(proposals.map(({ subject }) => subject)).toEqual(['v2.users.moods']);
  expect(outcome.freed).toBe(1);
});

test('a detail of an unknown name is filed too, and an envelope in which nothing else was wrong is freed', () => {
  const detail = { name: 'voice:call:held', timestamp: '2024-05-15T14:22:00.500Z', data: {} };
  const body = {
    type: 'v2.detail.events.conversation',
    createdTimestamp: '2024-05-15T14:22:01Z',
    data: { id: 'c', details: [detail] },
  };
  const { proposals, outcome } = propose([JSON.stringify(body)]);
  expect(proposals.map(({ subject }) => subject)).toEqual(['detail-envelope.voice.call.held']);
  expect(outcome).toMatchObject({ freed: 1, stuck: [] });
});

test.each([
  ['../../etc/passwd'],
  ['v2.users.f47ac10b-58cc-4372-a567-0e02b2c3d479.moods'],
  ['v2.callers.n491701234567.moods'],
  ['v2.detail.events.conversation.{id}.CUSTOMER.END'],
  ['v2.__proto__'],
  [`v2.${'long'.repeat(50)}`],
  ['v2.\ud800'],
])('a type by the name of %j has no folder to be filed in', (name) => {
  const { proposals, unnameable, outcome } = propose([event({}, name)]);
  expect([proposals, unnameable]).toEqual([[], 1]);
  expect(outcome.stuck).toMatchObject([{ reason: 'unknown-type', count: 1 }]);
});

test('two types that differ only in the case of their letters are not filed beside each other', () => {
  const messages = [event({}, 'v2.new.things'), event({}, 'v2.new.Things')];
  const { proposals, unnameable } = propose(messages);
  expect([proposals.map(({ subject }) => subject), unnameable]).toEqual([['v2.new.Things'], 1]);
  expect(draftProposals([...messages].reverse(), registry).proposals).toEqual(proposals);
});

test('messages that no schema frees are counted by their reasons, those alike once', () => {
  const { outcome } = propose([
    ...['nonsense', 'more nonsense', '[]', '{"a":1}', '['.repeat(200), event({ x: 'x'.repeat(1 << 20) })],
    event({ eventTime: null }),
  ]);
  expect(outcome.stuck.map(({ reason, count }) => [reason, count])).toEqual([
    ['not-json', 2],
    ['invalid', 1],
    ['not-object', 1],
    ['too-deep', 1],
    ['too-large', 1],
    ['unknown-envelope', 1],
  ]);
});

test('keys and names that mean something to JavaScript, lone surrogates and floods of keys make no schema', () => {
  const flood = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`key${at}`, at]));
  const odd = event({}).replace('"conversationId"', '"__proto__":1,"constructor":2,"a\ud800":3,"+4917012":4,"conversationId"');
  const { proposals, outcome } = propose([event(flood), odd]);
  expect(proposals).toEqual([]);
  expect(outcome).toMatchObject({ admitted: 2, drifting: { before: 2, after: 2 } });
});

const samples = ['public', 'synthetic'].flatMap((name) =>
  readFileSync(join(__dirname, '../../../samples/genesys', `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== ''),
);

const mixed = [
  ...samples,
  event({ mediaType: 'B', fresh: 1 }),
  event({ mediaType: 'A', fresh: 'x', fresher: [{ deep: null }, { deep: { er: 1 } }] }),
  event({ callbackNumbers: [5, '5'] }),
  event({ a: 1 }, 'v2.new.things'),
  event({ a: 'x' }, 'v2.new.things'),
];

test('the order of the messages, and messages that come twice, change nothing', () => {
  const forward = draftProposals(mixed, registry);
  expect(forward.proposals.length).toBeGreaterThan(10);
  expect(draftProposals([...mixed].reverse(), registry)).toEqual(forward);
  expect(draftProposals([...mixed, ...mixed], registry)).toEqual(forward);
});

test('by what was proposed for them all messages are admitted, and ask for nothing more', () => {
  const { after, outcome } = propose(mixed);
  expect(outcome).toMatchObject({ messages: mixed.length, stuck: [] });
  expect(outcome.admitted + outcome.freed).toBe(mixed.length);
  expect(draftProposals(mixed, after)).toEqual({ proposals: [], unnameable: 0 });
});

test('an SNS notification and what it holds are looked at both', () => {
  const body = JSON.stringify({
    Type: 'Notification',
    Message: JSON.stringify(feedMessage({ type: 'customer.end', body: { fresh: 1 } })),
    Extra: true,
  });
  expect(propose([body]).proposals.map(({ subject }) => subject)).toEqual(['envelope.sns', end]);
});
