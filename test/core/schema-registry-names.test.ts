import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { subjectOf, subjectOfEvent } from '../../src/core/registry/subject';

const topics = JSON.parse(readFileSync(join(__dirname, '..', 'samples', 'genesys', 'topics.json'), 'utf8')) as readonly string[];

test.each([
  ['v2.detail.events.conversation.{id}.customer.end', 'v2.detail.events.conversation.customer.end'],
  ['v2.audits.entitytype.{id}.entityid.{id}', 'v2.audits.entitytype.entityid.by-id'],
  ['v2.users.{id}.conversations.{id}.recordings', 'v2.users.conversations.recordings'],
  ['v2.users.{id}.conversations.{id}.recordings.{id}', 'v2.users.conversations.recordings.by-id'],
  ['v2.quality.evaluations', 'v2.quality.evaluations'],
])('the subject of %s is %s', (topic, subject) => {
  expect(subjectOf(topic)).toBe(subject);
});

test('no two of the 242 topics share a subject, in any case of letters, and each is a safe folder name', () => {
  const subjects = topics.map(subjectOf);
  expect(new Set(subjects.map((subject) => subject.toLowerCase())).size).toBe(242);
  expect(subjects.filter((subject) => !/^v2(\.[\w-]+)+$/.test(subject))).toEqual([]);
});

test('a detail is filed apart from the topics', () => {
  expect(subjectOfEvent('detail-envelope', 'conversation:state:updated')).toBe('detail-envelope.conversation.state.updated');
  expect(subjectOfEvent('conversation-end', 'conversation.end')).toBe('conversation.end');
  expect(subjectOfEvent('genesys', 'v2.quality.evaluations')).toBe('v2.quality.evaluations');
});
