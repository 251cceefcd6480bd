import { createSchemaRegistry, type Drift } from '../../src/core/schema-registry';
import { readSchemaFiles } from '../../src/schema-files';

const registry = createSchemaRegistry(readSchemaFiles());
const userEnd = 'v2.detail.events.conversation.user.end';
const attributes = 'v2.detail.events.conversation.attributes';
const least = { eventTime: 1_765_551_600_050, conversationId: 'c-1' };

const driftOf = (subject: string, value: unknown): readonly Pick<Drift, 'path' | 'kind'>[] => {
  const verdict = registry.validate(subject, value);
  if (!verdict.ok) throw new Error(verdict.detail);
  return verdict.drift.map(({ path, kind }) => ({ path, kind }));
};

const refusalOf = (subject: string, value: unknown): string => {
  const verdict = registry.validate(subject, value);
  return verdict.ok ? 'accepted' : verdict.detail;
};

test.each([
  ['a time of 1970', 0, 'accepted'],
  ['now', 1_765_551_600_050, 'accepted'],
  ['a far future', 9_007_199_254_740_991, 'accepted'],
  ['2^53', 9_007_199_254_740_992, '$.eventTime must be <= 9007199254740991, came integer'],
  ['more than a number holds', Number.POSITIVE_INFINITY, '$.eventTime must be integer, came number'],
  ['a negative time', -1, '$.eventTime must be >= 0, came integer'],
  ['half a millisecond', 1_765_551_600_050.5, '$.eventTime must be integer, came number'],
  ['text', '1765551600050', '$.eventTime must be integer, came string'],
  ['a list', [1], '$.eventTime must be integer, came array'],
  ['null', null, '$.eventTime is required, came nothing'],
  ['nothing', undefined, '$.eventTime is required, came nothing'],
])('an event time that is %s is judged as documented', (_what, eventTime, expected) => {
  expect(refusalOf(userEnd, { ...least, eventTime })).toBe(expected);
});

test.each([
  ['a UUID', '2f7bf00a-0fc2-4d6a-9b56-92238191433e', 'accepted'],
  ['any text', 'uwu', 'accepted'],
  ['empty', '', '$.conversationId must NOT have fewer than 1 characters, came string'],
  ['a number', 7, '$.conversationId must be string, came integer'],
  ['null', null, '$.conversationId is required, came nothing'],
])('a conversation id that is %s is judged as documented', (_what, conversationId, expected) => {
  expect(refusalOf(userEnd, { ...least, conversationId })).toBe(expected);
});

test.each([[null], [undefined], ['text'], [7], [[]]])('an event that is no object (%j) is refused', (value) => {
  expect(refusalOf(userEnd, value)).toMatch(/^\$ must be object, came /);
});

test('an unknown enum value, a changed type and an unknown field are drift, each named by its path', () => {
  const value = { ...least, disconnectType: 'TELEPORT', queueId: 7, newField: { a: 1 }, callbackNumbers: ['1', 2, 3] };
  expect(driftOf(userEnd, value)).toEqual([
    { path: '$.newField', kind: 'unknown-field' },
    { path: '$.disconnectType', kind: 'unknown-value' },
    { path: '$.callbackNumbers[*]', kind: 'changed-type' },
    { path: '$.queueId', kind: 'changed-type' },
  ]);
});

test('fields inside known objects and lists are compared, too', () => {
  const value = {
    ...least,
    communications: [
      { id: 'x', mediaType: 'VOICE', colour: 'red' },
      { id: 'y', mediaType: 'SMOKE' },
    ],
  };
  expect(driftOf(attributes, value)).toEqual([
    { path: '$.communications[*].colour', kind: 'unknown-field' },
    { path: '$.communications[*].mediaType', kind: 'unknown-value' },
  ]);
});

test('null equals absent, wherever it stands', () => {
  const nulls = { ...least, disconnectType: null, queueId: null, callbackNumbers: [null, '1'], callbackUserName: null };
  expect(driftOf(userEnd, nulls)).toEqual([]);
  expect(driftOf(attributes, { ...least, attributes: { a: null, b: 'x' }, communications: [null, { id: null }] })).toEqual([]);
});

test('an unknown field that is null is no drift, wherever it stands', () => {
  expect(driftOf(userEnd, { ...least, newField: null })).toEqual([]);
  expect(driftOf(attributes, { ...least, communications: [{ colour: null }] })).toEqual([]);
});

test('keys of a map are data: they are no drift, and no path shows them', () => {
  const value = { ...least, attributes: { ANI: '1', ' odd key (x)': 'y', 'John Doe': 7, '+15555550100': {} } };
  expect(driftOf(attributes, value)).toEqual([{ path: '$.attributes.*', kind: 'changed-type' }]);
});

test('an event is refused for all that is wrong where we depend on it, and for nothing else', () => {
  expect(refusalOf(userEnd, { eventTime: 'x', queueId: 7 })).toBe(
    '$.conversationId is required, came nothing; $.eventTime must be integer, came string',
  );
});

test('around and inside a nested dependency counts as at it', () => {
  const event = { 'detail-type': 'x', detail: { eventBody: {} } };
  expect(refusalOf('envelope.eventbridge', event)).toBe('accepted');
  expect(refusalOf('envelope.eventbridge', { ...event, detail: undefined })).toBe('$.detail is required, came nothing');
  expect(refusalOf('envelope.eventbridge', { ...event, detail: [] })).toBe('$.detail must be object, came array');
  expect(refusalOf('envelope.eventbridge', { ...event, detail: {} })).toBe('$.detail.eventBody is required, came nothing');
  expect(driftOf('envelope.eventbridge', { ...event, detail: { eventBody: { any: 1 }, version: 2 } })).toEqual([
    { path: '$.detail.version', kind: 'changed-type' },
  ]);
});

test.each([
  ['2024-05-15T14:22:00.500Z', true],
  ['2024-05-15T14:22:00.500123+00:00', true],
  ['2024-05-15T16:22:00+02:00', true],
  ['1970-01-01T00:00:00Z', true],
  ['1969-12-31T23:59:59Z', false],
  ['2016-12-31T23:59:60Z', false],
  ['2024-02-30T00:00:00Z', false],
  ['2024-05-15T14:22:00', false],
  ['2024-05-15', false],
  ['', false],
])('a detail timestamp of %s is taken: %s', (timestamp, taken) => {
  const subject = 'detail-envelope.conversation.state';
  expect(registry.validate(subject, { name: 'conversation:state', timestamp }).ok).toBe(taken);
});

test('a detail without a sequence is taken, one whose sequence is no whole number is not', () => {
  const detail = { name: 'conversation:state', timestamp: '2024-05-15T14:22:00Z' };
  const subject = 'detail-envelope.conversation.state';
  expect(refusalOf(subject, { ...detail, sequence: null })).toBe('accepted');
  expect(refusalOf(subject, { ...detail, sequence: -1 })).toBe('$.sequence must be >= 0, came integer');
  expect(refusalOf(subject, { ...detail, sequence: '1' })).toBe('$.sequence must be integer, came string');
});

test('asking for a subject that is not there is a mistake of ours, and says so', () => {
  expect(() => registry.validate('v2.nothing', {})).toThrow('Expected a subject of the schema registry, got "v2.nothing"');
});
