import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { subjectOf, subjectOfEvent } from '../../src/core/registry/subject';
import { openSchemaRegistry } from '../../src/schema-files';

const registry = openSchemaRegistry();
const topics = registry.eventSubjects.filter(({ format }) => format === 'genesys');
const inventory = join(__dirname, '..', 'samples', 'genesys', 'topics.json');

const withEach = (template: string, ends: readonly string[]): readonly string[] => ends.map((end) => template.replace('*', end));

/** The events of a conversation: all that Genesys has. */
const conversation = withEach('v2.detail.events.conversation.{id}.*', [
  ...['customer.start', 'customer.end', 'contact', 'flow.start', 'flow.end', 'flow.outcome', 'acd.start', 'acd.end'],
  ...['user.start', 'user.end', 'acw', 'wrapup', 'outbound', 'voicemail.start', 'voicemail.end', 'attributes'],
]);

const speechAnalytics = [
  ...withEach('v2.speechandtextanalytics.conversation.{id}.*', ['sentiment', 'empathy', 'topics']),
  'v2.speechandtextanalytics.conversations.{id}.categories',
];

/** What customers route besides: the default list of a public Terraform module, public blueprints, a runbook, a lakehouse. */
const routed = [
  ...speechAnalytics,
  ...withEach('v2.users.{id}.*', ['activity', 'routingStatus', 'presence', 'persistentconnection', 'geolocation', 'conversations']),
  ...['email', 'messaging', 'whatsapp', 'voice', 'preview'].flatMap((media) =>
    withEach(`v2.outbound.${media}.campaigns.contact.*`, ['preContact', 'postContact']),
  ),
  'v2.conversations.{id}.transcription',
  'v2.analytics.conversation.{id}.metrics',
  'v2.analytics.flow.{id}.aggregates',
  'v2.analytics.conversations.details.jobs.availability',
  'v2.operations.events.{id}',
  'v2.audits.entitytype.{id}.entityid.{id}',
  'v2.routing.queues.{id}.conversations',
  'v2.quality.evaluations',
  'v2.detail.events.agent.{id}.state',
];

/** Of the same public SDK models, not known to be routed by anybody. */
const besides = [
  ...withEach('v2.analytics.*', ['flow.{id}.metrics', 'flowoutcome.{id}.aggregates', 'users.{id}.aggregates', 'wrapup.{id}.aggregates']),
  ...withEach('v2.analytics.*', ['queues.{id}.activity', 'queues.{id}.observations', 'users.details.jobs.availability']),
  ...withEach('v2.users.{id}.*', ['conversations.summaries', 'conversationsummary', 'integrationpresence']),
  ...['v2.bot.conversation.{id}.conversations.summaries', 'v2.flows.instances.flow.{id}', 'v2.flows.outcomes.{id}'],
  ...['v2.outbound.campaigns.{id}', 'v2.routing.queues.{id}.users'],
];

const namesWith = (action: string): readonly string[] =>
  topics
    .filter((topic) => topic.action === action)
    .map(({ name }) => name)
    .sort();

test('every event of a conversation is put together', () => {
  expect(namesWith('reconstruct')).toEqual([...conversation].sort());
});

test('what speech and text analytics find out about a conversation is attached to it, and depends on its id', () => {
  expect(namesWith('attach')).toEqual([...speechAnalytics].sort());
  const attached = topics.filter(({ action }) => action === 'attach');
  expect(attached.filter(({ dependsOn, reads }) => dependsOn.join() !== reads.conversationId)).toEqual([]);
});

test('the other topics that customers route are passed on, and depend on nothing', () => {
  const passed = [...routed, ...besides].filter((name) => !speechAnalytics.includes(name));
  expect(namesWith('pass')).toEqual(passed.sort());
  expect(topics.filter(({ action, dependsOn }) => action === 'pass' && dependsOn.length > 0)).toEqual([]);
});

test('each topic that is filed is one of the 242 that Genesys has', () => {
  const known = new Set(JSON.parse(readFileSync(inventory, 'utf8')) as readonly string[]);
  expect(topics.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
});

test('one rule names every subject of an event; no two names are one in another case of letters, and each is a safe folder name', () => {
  const events = registry.eventSubjects;
  expect(events.filter(({ format, name, subject }) => subject !== subjectOfEvent(format, name))).toEqual([]);
  const folders = registry.subjects.map(({ subject }) => subject);
  expect(new Set(folders.map((folder) => folder.toLowerCase())).size).toBe(folders.length);
  expect(folders.filter((folder) => folder.length > 100 || !/^[a-z]\w*(-\w+)*(\.\w+(-\w+)*)+$/.test(folder))).toEqual([]);
});

test('a topic outside of conversations is called what its subject is called, without the version', () => {
  const others = topics.filter(({ name }) => !conversation.includes(name));
  expect(others.filter(({ name, type }) => type !== subjectOf(name).replace(/^v2\./, ''))).toEqual([]);
});

test('a topic that was renamed is known by both names, filled in or not', () => {
  const former = 'v2.conversations.{id}.transcriptions';
  expect(registry.eventSubject('genesys', former)?.subject).toBe('v2.conversations.transcription');
  expect(registry.eventSubjectOfTopic(former.replace('{id}', 'c-1'))?.subject).toBe('v2.conversations.transcription');
});
