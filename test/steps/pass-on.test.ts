import { CallRefusedError } from '../../src/core/errors';
import type { Notification } from '../../src/core/items';
import { limits } from '../../src/core/limits';
import { createSchemaRegistry } from '../../src/core/schema-registry';
import type { SubjectAction } from '../../src/core/registry/subject';
import { readSchemaFiles } from '../../src/schema-files';
import type { Outside } from '../../src/steps/outside';
import { feedMessage, orgId } from '../factories';
import { admitAndClose, memoryOutside, type MemoryOutside } from '../outside';

/** The registry with another action for acw: what is done with an event is a line in its subject.json. */
const reads = { conversationId: 'conversationId', eventTime: 'eventTime' };

const registryWhere = (action: SubjectAction) =>
  createSchemaRegistry(
    readSchemaFiles().map((file) =>
      file.path === 'v2.detail.events.conversation.acw/subject.json'
        ? { ...file, content: { ...(file.content as object), action, reads } }
        : file,
    ),
  );
const passing = registryWhere('pass');
const ignoring = registryWhere('ignore');

const subject = 'v2.detail.events.conversation.acw';
const message = feedMessage({ type: 'acw', body: { wrapupCode: 'done' } });

const admit = async (outside: Outside & Pick<MemoryOutside, 'clock'>, body = JSON.stringify(message)): Promise<number> =>
  (await admitAndClose(outside, [body])).length;

test('an event that is passed on is published as it came, and opens no window', async () => {
  const outside = { ...memoryOutside(), registry: passing };
  expect(await admit(outside)).toBe(1);
  const body = (message['detail'] as { eventBody: unknown }).eventBody;
  const [{ message: text, attributes }, ...others] = outside.topic.published() as [Notification, ...Notification[]];
  const published = JSON.parse(text) as { readonly fingerprint: string };
  expect(published).toMatchObject({
    conversationId: 'conversation-1',
    subject,
    eventTime: '2026-01-05T12:00:00.000Z',
    body,
  });
  expect(published.fingerprint).toMatch(/^[0-9a-f]{32}$/);
  expect(attributes).toEqual({ kind: 'passed-event', subject, orgId });
  expect(others).toEqual([]);
  expect([outside.table.heads(), outside.metrics.sum(`EventsPassed ${subject}`)]).toEqual([[], 1]);
});

test('an event that is ignored is counted, and nothing else', async () => {
  const outside = { ...memoryOutside(), registry: ignoring };
  expect(await admit(outside)).toBe(1);
  expect([outside.topic.published(), outside.table.heads(), outside.metrics.sum(`EventsIgnored ${subject}`)]).toEqual([
    [],
    [],
    1,
  ]);
});

test('an event that cannot be published now is kept', async () => {
  const outside = { ...memoryOutside(), registry: passing };
  const topic = { ...outside.topic, publish: () => Promise.reject(new Error('does not answer')) };
  expect(await admit({ ...outside, topic })).toBe(0);
  expect([outside.deadLetters.letters(), outside.metrics.sum('EventsPassed')]).toEqual([[], 0]);
});

test('an event that no notification can hold is set aside', async () => {
  const outside = { ...memoryOutside(), registry: passing };
  const large = feedMessage({ type: 'acw', body: { wrapupNotes: 'x'.repeat(limits.notificationBytes) } });
  expect(await admit(outside, JSON.stringify(large))).toBe(1);
  expect(outside.deadLetters.letters().map(({ letter }) => letter.rejection.reason)).toEqual(['too-large']);
});

test('so is one that the topic refuses by itself', async () => {
  const outside = { ...memoryOutside(), registry: passing };
  const topic = { ...outside.topic, publish: () => Promise.reject(new CallRefusedError('Expected less.')) };
  expect(await admit({ ...outside, topic })).toBe(1);
  expect(outside.deadLetters.letters()).toHaveLength(1);
});
