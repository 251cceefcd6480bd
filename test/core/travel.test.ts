import { attributeBytes, limits, utf8Bytes } from '../../src/core/limits';
import { foldConversation } from '../../src/core/conversation/fold';
import { makeRecord } from '../../src/core/revision';
import { executionInput, type ExecutionInput } from '../../src/core/execution-input';
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

const anInput = (fields: Partial<ExecutionInput> = {}): ExecutionInput => ({
  conversationId: 'conversation-1',
  timestamp: '2026-01-05T12:00:00.000Z',
  callDetails: {},
  callDetailsStatus: 'complete',
  enrichmentSteps: ['fetch_crm_contact'],
  record: aRecord(1),
  identities: [],
  expiresAt: 1_767_614_400,
  ...fields,
});

const travelled = (input: ExecutionInput): ExecutionInput => {
  const text = executionInput(input);
  expect(utf8Bytes(text)).toBeLessThanOrEqual(limits.executionInputBytes);
  const read = JSON.parse(text) as ExecutionInput;
  expect(registry.validate('tidemark.execution-input', read)).toMatchObject({ ok: true });
  return read;
};

test('what fits travels whole', () => {
  expect(travelled(anInput())).toEqual(anInput());
});

test('a record over the limit leaves its lifecycle behind, and says how long it was', () => {
  const { record } = travelled(anInput({ record: aRecord(1, 5_000) }));
  expect(record).toMatchObject({ lifecycle: [], lifecycleOmitted: 5_001, eventCount: 5_001 });
  expect(record.sessions).toHaveLength(1);
});

test('one that is still over it leaves its lists behind, and names them', () => {
  const { record } = travelled(anInput({ record: aRecord(3_000) }));
  expect(record).toMatchObject({
    sessions: [],
    omitted: ['anomalies', 'attributes', 'missing', 'participants', 'sessions', 'states'],
  });
});

test('details that leave no room for the record stay behind', () => {
  const input = travelled(anInput({ callDetails: { participants: 'x'.repeat(300_000) } }));
  expect(input).toMatchObject({ callDetails: null, callDetailsStatus: 'complete', callDetailsOmitted: true });
});

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
