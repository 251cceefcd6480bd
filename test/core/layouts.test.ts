import { dueOn, keys, madeOfDigest, orderKey, type FailureNote } from '../../src/core/items';
import { fingerprint } from '../../src/core/event';
import { makeLife } from '../../src/core/life';
import { deadLetterAttributes, rejectionReasons } from '../../src/core/rejection';
import { metricDefinitions } from '../../src/core/metric-names';
import { aDetail, anEndMark, anEvent } from '../factories';

/*
 * Golden values. Stored items, execution names and dead letters of every earlier version are read by the next one: a value that
 * changes here is a migration, not a refactoring.
 */

test('a fingerprint is pinned, for each format', () => {
  expect(anEvent().fingerprint).toBe('bd85682a4d40f059bac27d7bf809d109');
  expect(aDetail({ data: { status: 'connected' } }).fingerprint).toBe('b73e03a845e2d2dcacc023a6af13c46a');
  expect(anEndMark().fingerprint).toBe('397dde50f7e87adf14336fafddb69ea9');
});

const parts = {
  format: 'genesys',
  type: 't',
  conversationId: 'c',
  participantId: null,
  sessionId: null,
  eventTimeMs: 1,
} as const;

test('nulls and the order of keys do not count in a fingerprint', () => {
  expect(fingerprint({ ...parts, body: { b: 1, a: { d: null, c: [1, null] } } })).toBe(
    fingerprint({ ...parts, body: { a: { c: [1, null] }, b: 1, e: null } }),
  );
});

test('a key named __proto__ is content like any other', () => {
  const withKey = JSON.parse('{"a":1,"__proto__":{"x":1}}') as { a: number };
  expect(fingerprint({ ...parts, body: withKey })).not.toBe(fingerprint({ ...parts, body: { a: 1 } }));
});

test('the canonical event is pinned', () => {
  expect(Object.keys(anEvent()).sort()).toEqual([
    'body', 'conversationId', 'envelopeTimeMs', 'eventTimeMs', 'fingerprint', 'format', 'layout', 'mediaType', 'orgId',
    'participantId', 'schemaVersion', 'sequence', 'sessionId', 'subject', 'type',
  ]); // prettier-ignore
  expect(anEvent().layout).toBe(1);
});

test('the order key is padded, so that byte order is number order up to 2^53', () => {
  expect(orderKey(anEvent({ at: 0 }))).toBe('0.0000000000000000.0000000000000001.participant-1.session-1');
  expect(orderKey(anEvent({ at: Number.MAX_SAFE_INTEGER })).split('.')[1]).toBe('9007199254740991');
});

test('an end mark sorts after everything, whatever its clock said', () => {
  expect(orderKey(anEndMark({ at: 0 })) > orderKey(anEvent({ at: Number.MAX_SAFE_INTEGER }))).toBe(true);
});

test('ids that are long or not plain go into keys as hashes, so no key passes its limit', () => {
  const key = keys.event(anEvent({ participant: '#'.repeat(5_000), session: 'x'.repeat(5_000) }));
  expect(key.sk).toMatch(/^E#0\.\d{16}\.\d{16}\.h\.[0-9a-f]{32}\.h\.[0-9a-f]{32}#[0-9a-f]{32}$/);
});

test('the same fact from a carrier that does not name the organisation has an item of its own', () => {
  const named = anEvent();
  const bare = anEvent({ org: null });
  expect(bare.fingerprint).toBe(named.fingerprint);
  expect(keys.event(bare).sk).toBe(`${keys.event(named).sk}#bare`);
});

test('every item family has its key', () => {
  const note: FailureNote = { bodySha256: 'ab'.repeat(32), atMs: 0, attributes: {} };
  expect({
    event: keys.event(anEvent({ at: 1 })),
    head: keys.head('c'),
    record: keys.record('c', makeLife(0, 0), 1),
    note: keys.failureNote(note),
    fleet: keys.fleet('w'),
    quota: keys.quota('client'),
    audit: keys.audit(0, 'id'),
    drift: keys.drift('subject', '$.x', 'unknown-field'),
    longDrift: keys.drift('subject', `$.${'x'.repeat(900)}`, 'unknown-field'),
    switch: keys.switch('closing'),
    lateness: keys.lateness(0, 'disorder', 'subject'),
  }).toMatchInlineSnapshot(`
   {
     "audit": {
       "pk": "AUDIT#1970-01-01",
       "sk": "1970-01-01T00:00:00.000Z#id",
     },
     "drift": {
       "pk": "DRIFT#subject",
       "sk": "$.x#unknown-field",
     },
     "event": {
       "pk": "C#conversation-1",
       "sk": "E#0.0000000000000001.0000000000000001.participant-1.session-1#6965ec47756a300dcb9d8edd1ccddc0f",
     },
     "fleet": {
       "pk": "FLEET",
       "sk": "W#w",
     },
     "head": {
       "pk": "C#c",
       "sk": "W",
     },
     "lateness": {
       "pk": "LATENESS#1970-01-01",
       "sk": "disorder#subject",
     },
     "longDrift": {
       "pk": "DRIFT#subject",
       "sk": "h.8829946b1e800e084f9bb2d7a17eca2e83b878551259aad200ff2c860e75dfd8#unknown-field",
     },
     "note": {
       "pk": "N#abababababababababababababababababababababababababababababababab",
       "sk": "1970-01-01T00:00:00.000Z",
     },
     "quota": {
       "pk": "QUOTA#client",
       "sk": "B",
     },
     "record": {
       "pk": "C#c",
       "sk": "R#0000000000000000#09999999",
     },
     "switch": {
       "pk": "SWITCHES",
       "sk": "closing",
     },
   }
  `);
});

test('within a conversation events come before records, the newer record before the older, the head last', () => {
  const life = makeLife(0, 0);
  const sorted = [keys.event(anEvent()), keys.record('c', life, 2), keys.record('c', life, 1), keys.head('c')].map(
    ({ sk }) => sk,
  );
  expect([...sorted].sort()).toEqual(sorted);
});

test('a conversation waits in one shard of each clock', () => {
  expect([dueOn('queue', 'conversation-2', 16), dueOn('wall', 'conversation-2', 16)]).toEqual(['Q#011', 'W#011']);
});

test('what a record was made of is told by 64 bits of each fingerprint', () => {
  expect(madeOfDigest('0123456789abcdef0123456789abcdef')).toBe('0123456789abcdef');
});

test('the rejection reasons are a closed set', () => {
  expect(rejectionReasons).toEqual([
    'not-json', 'not-object', 'too-deep', 'too-large', 'unknown-envelope', 'unknown-type', 'invalid', 'foreign-source',
  ]); // prettier-ignore
});

test("a dead letter's attributes are named, and leave SQS's ten room for one", () => {
  expect(Object.values(deadLetterAttributes)).toEqual([
    'tidemark-reason', 'tidemark-detail', 'tidemark-step', 'tidemark-type', 'tidemark-at', 'tidemark-receive-count',
    'tidemark-sent-at', 'tidemark-message-id', 'tidemark-by',
  ]); // prettier-ignore
});

test('every metric has a unit and named dimensions', () => {
  const listed = Object.entries(metricDefinitions).map(([name, { unit, dimensions }]) => [name, unit, ...dimensions].join(' '));
  expect(listed).toMatchInlineSnapshot(`
   [
     "PollsSucceeded Count",
     "MessagesReceived Count",
     "EventsAdmitted Count",
     "MessagesDeleted Count",
     "IngestionDelay Milliseconds",
     "MessagesRejected Count reason",
     "MessagesKept Count",
     "MessagesFailing Count",
     "MessagesGivenUp Count",
     "EventsIgnored Count subject",
     "EventsPassed Count subject",
     "SchemaDrift Count subject",
     "WindowsReopened Count",
     "RecordsPut Count pane",
     "ExecutionsStarted Count",
     "ExecutionsAlready Count",
     "RecordsPublished Count",
     "ClosesFailed Count",
     "WindowsParked Count",
     "WatermarkLag Milliseconds",
     "CloseDelay Milliseconds",
     "OldestOverdue Milliseconds",
     "Disorder Milliseconds subject",
     "HoldGap Milliseconds subject",
     "AcwHoldGap Milliseconds subject",
     "BreakerOpen None dependency",
     "LeverPaused None lever",
     "AwsRequests Count service operation",
     "GenesysRequests Count status",
     "GenesysBatch Count",
     "GenesysHeldBack Count resource purpose",
     "ReconciliationCompared Count",
     "ReconciliationDiffered Count",
     "ReconciliationUnknown Count",
     "PostsAnswered Count status",
     "PostDelay Milliseconds",
     "PostsGathered Count",
     "PostsRepeated Count",
     "PostKeysMissed Count",
   ]
  `);
});
