import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSchemaRegistry } from '../../src/schema-files';

interface Sample {
  readonly 'detail-type': string;
  readonly detail: { readonly topicName: string; readonly eventBody: unknown };
}

const registry = openSchemaRegistry();

const readLines = (name: string): readonly Sample[] =>
  readFileSync(join(__dirname, '..', 'samples', 'genesys', name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Sample);

const judge = (sample: Sample): string => {
  const envelope = registry.validate('envelope.eventbridge', sample);
  if (!envelope.ok) return envelope.detail;
  const subject = registry.eventSubject('genesys', sample['detail-type']);
  if (!subject) return 'unknown type';
  const verdict = registry.validate(subject.subject, sample.detail.eventBody);
  if (!verdict.ok) return verdict.detail;
  return [`${subject.type} v${verdict.version}`, ...[...envelope.drift, ...verdict.drift].map(({ path }) => path)].join(' ');
};

test('the ten public samples are judged as they should be', () => {
  expect(readLines('public.jsonl').map(judge)).toEqual([
    'customer.start v8',
    'customer.end v11',
    'customer.end v11',
    'audits.entitytype.entityid.by-id v1',
    'audits.entitytype.entityid.by-id v1',
    'attributes v4',
    'conversations.transcription v1',
    'conversations.transcription v1',
    'customer.end v11',
    'unknown type',
  ]);
});

test('the nine synthetic samples pass without drift', () => {
  expect(readLines('synthetic.jsonl').map(judge)).toEqual([
    'acd.start v6',
    'acw v7',
    'contact v7',
    'flow.start v9',
    'outbound v6',
    'user.start v6',
    'voicemail.end v9',
    'voicemail.start v5',
    'wrapup v6',
  ]);
});

test('a topic with its ids filled in leads to the same subject as its template, whatever the ids hold', () => {
  const found = registry.eventSubjects
    .filter(({ format }) => format === 'genesys')
    .map(({ name, subject }) => [subject, registry.eventSubjectOfTopic(name.replaceAll('{id}', 'an.id with\nanything.end'))?.subject]);
  expect(found.length).toBeGreaterThanOrEqual(16);
  expect(found.filter(([subject, reached]) => subject !== reached)).toEqual([]);
});

test('a topic without an id, of another family or of absurd length leads nowhere', () => {
  const topics = [
    'v2.detail.events.conversation..customer.end',
    'v2.detail.events.conversation.customer.end',
    'v2-detail-events-conversation-x-customer-end',
    'v2.conversations.test.attributes',
    `v2.detail.events.conversation.${'x'.repeat(2_000)}.customer.end`,
    '',
  ];
  expect(topics.map((topic) => registry.eventSubjectOfTopic(topic))).toEqual(topics.map(() => null));
});
