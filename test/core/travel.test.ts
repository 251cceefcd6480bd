import { attributeBytes, limits, utf8Bytes } from '../../src/core/limits';
import { foldConversation } from '../../src/core/conversation/fold';
import { makeRecord } from '../../src/core/revision';
import { recordNotification } from '../../src/core/travel';
import { openSchemaRegistry } from '../../src/schema-files';
import { anEvent, mapperOf, orgId, second } from '../factories';

const registry = openSchemaRegistry();

const aRecord = (sessions: number, updates = 0) => {
  const starts = Array.from({ length: sessions }, (_, n) => anEvent({ at: second(n), session: `session-${n}` }));
  const attributes = Array.from({ length: updates }, (_, n) => anEvent({ type: 'attributes', at: second(n) }));
  const { content } = foldConversation([...starts, ...attributes], mapperOf);
  return makeRecord({ content, life: '0'.repeat(16), revision: 1, pane: 'on_time', previous: null, expiredHistory: false });
};

test.each([1, 3_000])('a record of %i sessions is published within the limit, attributes included', (sessions) => {
  const { message, attributes } = recordNotification(aRecord(sessions));
  expect(utf8Bytes(message) + attributeBytes(attributes)).toBeLessThanOrEqual(limits.notificationBytes);
  expect(registry.validate('tidemark.record', JSON.parse(message))).toMatchObject({ ok: true });
});

test("subscribers filter by kind, status, pane, revision, medium and organisation; a sender's oversized value is left out", () => {
  const { attributes } = recordNotification({ ...aRecord(1), direction: 'x'.repeat(1_000) });
  expect(attributes).toEqual({
    kind: 'record',
    status: 'partial',
    pane: 'on_time',
    revision: '1',
    mediaType: 'voice',
    orgId,
  });
});
