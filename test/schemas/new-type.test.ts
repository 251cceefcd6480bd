import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mappers } from '../../src/core/conversation/mappers';
import { noFacts, type Mapper } from '../../src/core/conversation/facts';
import { type JsonObject, textOrNull } from '../../src/core/json';
import { createSchemaRegistry } from '../../src/core/schema-registry';
import { readSchemaFiles } from '../../src/schema-files';
import { run } from '../../src/cli';
import { feedMessage, minute, noon, topicMessage } from '../factories';
import { only } from '../grown-registry';
import { admitAndClose, memoryOutside } from '../outside';

/* What docs/schemas.md says of adding an event type, done: a folder of the registry, and a mapper where it is reconstructed. */

const folder = mkdtempSync(path.join(tmpdir(), 'tidemark-new-type-'));
/** As much of the registry as takes part. */
const few = only(
  [
    ...['envelope.eventbridge', 'tidemark.record', 'tidemark.execution-input', 'tidemark.passed-event'],
    ...['customer.start', 'customer.end', 'acw'].map((type) => `v2.detail.events.conversation.${type}`),
  ],
  readSchemaFiles(),
);
for (const { path: name, content } of few) {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), JSON.stringify(content));
}
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quiet = {
  out: () => undefined,
  err: () => undefined,
  program: 'tidemark/test',
  stopSignals: () => ({}) as never,
  ask: () => Promise.resolve(null),
  isWatched: false,
};

/** Files a subject and releases it, as its developer would. */
const add = async (subject: string, manifest: JsonObject, properties: JsonObject, required: readonly string[]): Promise<void> => {
  const at = path.join(folder, subject);
  mkdirSync(at);
  const $id = `schemas/${subject}/v1.json`;
  const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', $id, type: 'object', properties, required };
  writeFileSync(path.join(at, 'v1.json'), JSON.stringify(schema));
  writeFileSync(path.join(at, 'subject.json'), JSON.stringify({ kind: 'event', format: 'genesys', owner: 'us', note: 'New.', ...manifest }));
  expect(() => createSchemaRegistry(readSchemaFiles(folder))).toThrow(`${subject}/v1.json: not released`);
  expect(await run(['schemas', 'release', subject, '--registry', folder], quiet)).toBe(0);
};

const grown = () => ({ ...memoryOutside(), registry: createSchemaRegistry(readSchemaFiles(folder)) });

test('a type that is passed on is a schema, and no code', async () => {
  const name = 'v2.stations.{id}.alert';
  await add('v2.stations.alert', { name, type: 'stations.alert', action: 'pass', dependsOn: [], reads: { eventTime: 'raisedAt' } }, { raisedAt: { type: 'integer' } }, []);
  const outside = grown();
  await admitAndClose(outside, [JSON.stringify(topicMessage(name, { raisedAt: noon }))]);
  expect(outside.deadLetters.letters()).toEqual([]);
  expect(outside.topic.published().map(({ message }) => JSON.parse(message) as unknown)).toMatchObject([{ type: 'stations.alert', body: { raisedAt: noon } }]);
});

test('so is one that is attached', async () => {
  const name = 'v2.speechandtextanalytics.conversation.{id}.summary';
  const reads = { conversationId: 'conversationId' };
  const manifest = { name, type: 'summary', action: 'attach', dependsOn: ['conversationId'], reads };
  await add('v2.speechandtextanalytics.conversation.summary', manifest, { conversationId: { type: 'string' } }, ['conversationId']);
  const outside = grown();
  const bodies = [feedMessage({ type: 'customer.start' }), feedMessage({ type: 'customer.end', at: minute(1) }), topicMessage(name, { conversationId: 'conversation-1' })];
  await admitAndClose(outside, bodies.map((body) => JSON.stringify(body)));
  expect(outside.table.records().map(({ record }) => record.attached?.map(({ type }) => type))).toEqual([['summary']]);
});

describe('one that is reconstructed', () => {
  const name = 'v2.detail.events.conversation.{id}.coach.start';
  const subject = 'v2.detail.events.conversation.coach.start';
  const shipped: Record<string, Mapper> = mappers;
  beforeAll(() => void (shipped['coach'] = ({ body }) => ({ ...noFacts, userId: textOrNull(body['coachId']) })));
  afterAll(() => void Reflect.deleteProperty(shipped, 'coach'));

  test('is that, and one mapper', async () => {
    const feed = { eventTime: { type: 'integer', minimum: 0 }, conversationId: { type: 'string', minLength: 1 }, coachId: { type: 'string' } };
    const manifest = { name, type: 'coach.start', action: 'reconstruct', mapper: 'coach', mapperVersion: 1, rank: 55, dependsOn: ['eventTime', 'conversationId'] };
    await add(subject, manifest, feed, ['eventTime', 'conversationId']);
    const outside = grown();
    const bodies = [feedMessage({ type: 'customer.start' }), feedMessage({ type: 'coach.start', session: null, at: minute(0.5), body: { coachId: 'coach-1' } }), feedMessage({ type: 'customer.end', at: minute(1) })];
    await admitAndClose(outside, bodies.map((body) => JSON.stringify(body)));
    expect(outside.table.records().map(({ record }) => record)).toMatchObject([
      { lifecycle: [{ action: 'customer.start' }, { action: 'coach.start' }, { action: 'customer.end' }], producedBy: { mappers: { coach: 1 } }, agentIds: ['coach-1'] },
    ]);
  });
});

test.each([
  ['reconstructed without a time', { action: 'reconstruct', mapper: 'acw', mapperVersion: 1, rank: 57, dependsOn: ['conversationId'] }, 'expected dependsOn to name eventTime'],
  ['attached to nothing', { action: 'attach', dependsOn: [] }, "must have required property 'reads'"],
  ['attached to what may be missing', { action: 'attach', dependsOn: [], reads: { conversationId: 'conversationId' } }, 'expected dependsOn to name conversationId'],
  ['read where nothing is', { action: 'pass', dependsOn: [], reads: { eventTime: 'when' } }, 'depends on when, which'],
])('a subject that is %s is refused by name', (_, manifest, expected) => {
  const at = 'v2.detail.events.conversation.acw/subject.json';
  const files = few.map((file) => {
    if (file.path !== at) return file;
    const { kind, format, name: topic, type, owner, note } = file.content as JsonObject;
    return { ...file, content: { kind, format, name: topic, type, owner, note, ...manifest } as JsonObject };
  });
  expect(() => createSchemaRegistry(files)).toThrow(expected);
});
