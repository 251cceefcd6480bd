import { openSchemaRegistry } from '../../src/schema-files';
import { isCarried } from './carried';

const registry = openSchemaRegistry();

const reconstructed = registry.eventSubjects.filter(({ action }) => action === 'reconstruct');

test('the conversation topics are ranked: starts, what happens between, ends, what comes after the end', () => {
  const ranked = reconstructed.filter(({ format }) => format === 'genesys').sort((a, b) => a.rank - b.rank);
  expect(ranked.map(({ type, mapper, rank }) => [rank, type, mapper])).toEqual([
    [10, 'customer.start', 'customer'],
    [20, 'outbound', 'outbound'],
    [30, 'flow.start', 'flow'],
    [40, 'acd.start', 'acd'],
    [50, 'user.start', 'user'],
    [60, 'voicemail.start', 'voicemail'],
    [70, 'contact', 'contact'],
    [80, 'attributes', 'attributes'],
    [90, 'flow.outcome', 'flow-outcome'],
    [100, 'flow.end', 'flow'],
    [110, 'acd.end', 'acd'],
    [120, 'voicemail.end', 'voicemail'],
    [130, 'user.end', 'user'],
    [140, 'customer.end', 'customer'],
    [150, 'acw', 'acw'],
    [160, 'wrapup', 'wrapup'],
  ]);
  expect(new Set(ranked.map(({ dependsOn }) => dependsOn.join()))).toEqual(new Set(['eventTime,conversationId']));
});

test('a subject.json holds exactly this', () => {
  expect(registry.subjectNamed('v2.detail.events.conversation.customer.end')).toEqual({
    kind: 'event',
    compatibility: 'backward',
    formerNames: [],
    reads: { conversationId: null, eventTime: null },
    subject: 'v2.detail.events.conversation.customer.end',
    version: 11,
    format: 'genesys',
    name: 'v2.detail.events.conversation.{id}.customer.end',
    type: 'customer.end',
    action: 'reconstruct',
    mapper: 'customer',
    mapperVersion: 1,
    rank: 140,
    dependsOn: ['eventTime', 'conversationId'],
    owner: 'tidemark',
    note: expect.stringContaining('Not the end of the conversation') as string,
  });
});

test('the other formats are matched by the names that their carriers use', () => {
  const others = reconstructed.filter((subject) => subject.format !== 'genesys' && isCarried(subject));
  expect(others.map(({ subject, format, name, type, mapper, rank, dependsOn }) => [subject, format, name, type, mapper, rank, dependsOn])).toEqual([
    ['conversation.end', 'conversation-end', 'conversation.end', 'conversation.end', 'end-mark', 0, ['conversationId', 'timestamp']],
    ...(
      [
        ['conversation.state', 'conversation:state', 'detail-state'],
        ['conversation.state.updated', 'conversation:state:updated', 'detail-state-updated'],
        ['participant.added', 'participant:added', 'detail-participant'],
        ['voice.call.connected', 'voice:call:connected', 'detail-voice'],
        ['voice.call.transferred', 'voice:call:transferred', 'detail-voice'],
      ] as const
    ).map(([end, name, mapper]) => [`detail-envelope.${end}`, 'detail-envelope', name, name, mapper, 0, ['name', 'timestamp', 'sequence']]),
  ]);
  expect(registry.eventSubject('detail-envelope', 'voice:call:connected')?.subject).toBe('detail-envelope.voice.call.connected');
  expect(registry.eventSubject('genesys', 'voice:call:connected')).toBeNull();
  expect(reconstructed.filter(({ mapperVersion }) => mapperVersion !== 1)).toEqual([]);
});

test('the shapes around an event and what Tidemark emits are subjects, too', () => {
  const others = registry.subjects.filter((subject) => subject.kind !== 'event');
  expect(others.map(({ subject, kind, version }) => `${kind} ${subject} v${version}`)).toEqual([
    'envelope envelope.bare-detail v1',
    'envelope envelope.conversation-end v1',
    'envelope envelope.detail v1',
    'envelope envelope.eventbridge v1',
    'envelope envelope.lambda-failure v1',
    'envelope envelope.sns v1',
    'output tidemark.event v2',
    'output tidemark.execution-input v3',
    'output tidemark.passed-event v2',
    'output tidemark.record v3',
  ]);
  expect(registry.subjectNamed('tidemark.record')).toBeNull();
});
