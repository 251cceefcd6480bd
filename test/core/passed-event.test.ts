import { asPassed, passedEventNotification } from '../../src/core/passed-event';
import { openSchemaRegistry } from '../../src/schema-files';
import { aDetail, anEndMark, anEvent, minute, orgId } from '../factories';

const registry = openSchemaRegistry();

const read = ({ message }: { readonly message: string }): Record<string, unknown> => {
  const value = JSON.parse(message) as Record<string, unknown>;
  expect(registry.validate('tidemark.passed-event', value)).toMatchObject({ ok: true, drift: [] });
  return value;
};

test('an event that no record carries is published as it came, with what it is deduplicated by', () => {
  const event = anEvent({ type: 'user.end', at: minute(1) });
  const notification = passedEventNotification(asPassed(event));
  expect(read(notification)).toEqual({
    layout: 1,
    conversationId: 'conversation-1',
    fingerprint: event.fingerprint,
    type: 'user.end',
    subject: 'v2.detail.events.conversation.user.end',
    schemaVersion: 1,
    format: 'genesys',
    eventTime: '2026-01-05T12:01:00.000Z',
    orgId,
    body: event.body,
  });
  expect(notification.attributes).toEqual({ kind: 'passed-event', subject: event.subject, orgId });
});

test.each([
  asPassed(aDetail()),
  asPassed(anEndMark()),
  asPassed(anEvent({ at: Number.MAX_SAFE_INTEGER, org: null })),
  { ...asPassed(anEvent()), conversationId: null, eventTimeMs: null },
])('every format, and what has no date or conversation, satisfies the schema: %#', (event) =>
  expect(read(passedEventNotification(event))).toMatchObject({ type: event.type }),
);

test('it goes whole or not at all: nobody else keeps it', () => {
  const event = anEvent({ body: { text: 'x'.repeat(300_000) } });
  expect(read(passedEventNotification(asPassed(event)))).toMatchObject({ body: event.body });
});
