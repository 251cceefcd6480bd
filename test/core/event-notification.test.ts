import { eventNotification, newEventsOf } from '../../src/core/event-notification';
import { attributeBytes, limits, utf8Bytes } from '../../src/core/limits';
import { madeOfDigest, type StoredRecord } from '../../src/core/items';
import { openSchemaRegistry } from '../../src/schema-files';
import { aStoredRecord } from '../contract/samples';
import { aDetail, anEndMark, anEvent, minute, orgId } from '../factories';

const registry = openSchemaRegistry();
const place = { life: '0'.repeat(16), revision: 2, position: 3 };

const read = ({ message }: { readonly message: string }): Record<string, unknown> => {
  const value = JSON.parse(message) as Record<string, unknown>;
  expect(registry.validate('tidemark.event', value)).toMatchObject({ ok: true, drift: [] });
  return value;
};

test('an event is published with what it says, where it stands, and what it is deduplicated by', () => {
  const event = anEvent({ type: 'user.end', at: minute(1) });
  const notification = eventNotification(event, place);
  expect(read(notification)).toEqual({
    layout: 1,
    conversationId: 'conversation-1',
    ...place,
    fingerprint: event.fingerprint,
    type: 'user.end',
    subject: 'v2.detail.events.conversation.user.end',
    schemaVersion: 1,
    format: 'genesys',
    eventTime: '2026-01-05T12:01:00.000Z',
    envelopeTimeMs: minute(1),
    sequence: event.sequence,
    orgId,
    participantId: 'participant-1',
    sessionId: 'session-1',
    mediaType: 'VOICE',
    body: event.body,
  });
  expect(notification.attributes).toEqual({ kind: 'event', subject: event.subject, revision: '2', mediaType: 'voice', orgId });
});

test.each([aDetail(), anEndMark(), anEvent({ at: Number.MAX_SAFE_INTEGER, media: null, org: null })])(
  'every format, and what has no date, satisfies the schema: %#',
  (event) => expect(read(eventNotification(event, place))).toMatchObject({ type: event.type }),
);

test.each([
  ['its body', anEvent({ body: { text: 'é'.repeat(200_000) } }), { body: null, bodyOmitted: true, sessionId: 'session-1' }],
  ['its body and ids', anEvent({ session: 'x'.repeat(300_000) }), { body: null, bodyOmitted: true, sessionId: null }],
])('an event of a revision that is too large goes without %s', (_, event, expected) => {
  const notification = eventNotification(event, place);
  expect(read(notification)).toMatchObject({ ...expected, fingerprint: event.fingerprint });
  expect(utf8Bytes(notification.message) + attributeBytes(notification.attributes)).toBeLessThanOrEqual(limits.notificationBytes);
});

describe('the events that a revision is the first to contain', () => {
  const events = [anEvent({ at: minute(0) }), anEvent({ at: minute(1) }), anEvent({ at: minute(2) })];
  const [first, second, third] = events as [(typeof events)[0], (typeof events)[0], (typeof events)[0]];
  const revision = (number: number, ...madeOf: typeof events): StoredRecord => ({
    ...aStoredRecord({ revision: number }),
    madeOf: madeOf.map(({ fingerprint }) => madeOfDigest(fingerprint)),
  });
  const found = (record: StoredRecord, previous: StoredRecord | null, ordered = events) =>
    newEventsOf(record, previous, ordered).map(({ event, place: at }) => [events.indexOf(event), at.revision, at.position]);

  test('are all of them in the first, in order', () => {
    expect(found(revision(1, ...events), null)).toEqual([[0, 1, 1], [1, 1, 2], [2, 1, 3]]); // prettier-ignore
  });

  test('are those that the one before lacks, at their place among all of its own', () => {
    expect(found(revision(2, ...events), revision(1, first, third))).toEqual([[1, 2, 2]]);
  });

  test('are none that came after it was made, and none that is gone', () => {
    expect(found(revision(2, first, second), revision(1, first))).toEqual([[1, 2, 2]]);
    expect(found(revision(2, ...events), revision(1, first), [first, third])).toEqual([[2, 2, 2]]);
  });
});
