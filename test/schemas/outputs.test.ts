import { isObject, type JsonObject } from '../../src/core/json';
import type {
  Anomaly,
  ConversationMetrics,
  ConversationRecord,
  Correction,
  LifecycleEntry,
  ParticipantSummary,
  Provenance,
  SessionFamily,
  SessionSummary,
  StateSpan,
  TransferKind,
} from '../../src/core/record';
import { createSchemaRegistry } from '../../src/core/schema-registry';
import { readSchemaFiles } from '../../src/schema-files';

const files = readSchemaFiles();
const registry = createSchemaRegistry(files);

/** The type checker keeps these lists whole: each must name every member of its type, and no other. */
const members = <T>(named: { readonly [K in keyof Required<T>]: true }): readonly string[] => Object.keys(named).sort();

// prettier-ignore
const record = members<ConversationRecord>({
  layout: true, conversationId: true, orgId: true, life: true, revision: true, pane: true, status: true, supersedes: true,
  changed: true, contentHash: true, missing: true, anomalies: true, producedBy: true, mediaType: true, direction: true,
  startedAt: true, endedAt: true, durationMs: true, finalStatus: true, eventCount: true, lifecycle: true, states: true,
  participants: true, sessions: true, queueIds: true, skillIds: true, agentIds: true, wrapUpCodes: true, flowIds: true,
  campaignId: true, attributes: true, externalContactIds: true, caller: true, callee: true, metrics: true, lifecycleOmitted: true,
  omitted: true, attached: true, corrections: true,
});

// prettier-ignore
const session = members<SessionSummary>({
  family: true, sessionId: true, participantId: true, mediaType: true, direction: true, startedAt: true, endedAt: true,
  disconnectType: true, userId: true, queueId: true, flowId: true, raw: true,
});

// prettier-ignore
const metrics = members<ConversationMetrics>({
  talkMs: true, holdMs: true, alertMs: true, queueWaitMs: true, afterCallWorkMs: true, handleMs: true, transfers: true,
  transfersByKind: true, abandoned: true,
});

// prettier-ignore
const kinds = members<Record<TransferKind, number>>({
  blind: true, consult: true, conference: true, forward: true, noAnswer: true, notAvailable: true, doNotDisturb: true, other: true,
});

/** The object at a path of property names, `[]` for the items of a list. */
const schemaAt = (...path: readonly string[]): JsonObject => {
  const root = files.find((file) => file.path === 'tidemark.record/v3.json')!.content as JsonObject;
  return path.reduce((at, key) => (key === '[]' ? at['items'] : (at['properties'] as JsonObject)[key]) as JsonObject, root);
};

test.each([
  ['the record', [], record],
  ['an anomaly', ['anomalies', '[]'], members<Anomaly>({ kind: true, detail: true })],
  ['its provenance', ['producedBy'], members<Provenance>({ subjects: true, mappers: true })],
  ['a lifecycle entry', ['lifecycle', '[]'], members<LifecycleEntry>({ sequence: true, timestamp: true, action: true })],
  ['a state', ['states', '[]'], members<StateSpan>({ state: true, from: true, to: true })],
  [
    'a participant',
    ['participants', '[]'],
    members<ParticipantSummary>({ participantId: true, purposes: true, userId: true, sessionIds: true, externalContactIds: true }),
  ],
  ['a session', ['sessions', '[]'], session],
  ['the metrics', ['metrics'], metrics],
  ['a correction', ['corrections', '[]'], members<Correction>({ field: true, record: true, analytics: true })],
  ['transfers by kind', ['metrics', 'transfersByKind'], kinds],
])('the released schema of %s has the fields of its type, all required but what is left out where there is none, and leaves room for those of a later version', (_what, path, expected) => {
  const schema = schemaAt(...path);
  expect(Object.keys(schema['properties'] as JsonObject).sort()).toEqual(expected);
  expect([...(schema['required'] as readonly string[])].sort()).toEqual(expected.filter((name) => !/omitted|^attached$|^corrections$/i.test(name)));
  expect(schema).not.toHaveProperty('additionalProperties');
});

test.each([
  [
    'a session’s family',
    ['sessions', '[]', 'family'],
    members<Record<SessionFamily, true>>({
      ...{ customer: true, flow: true, acd: true, user: true, voicemail: true, outbound: true, other: true },
    }),
  ],
  [
    'an anomaly’s kind',
    ['anomalies', '[]', 'kind'],
    members<Record<Anomaly['kind'], true>>({
      ...{ 'illegal-transition': true, 'sequence-gap': true, 'sequence-repeat': true, conflict: true },
      ...{ 'impossible-duration': true, 'impossible-time': true, 'unreadable-event': true },
    }),
  ],
  [
    'a state',
    ['states', '[]', 'state'],
    members<Record<StateSpan['state'], true>>({ ringing: true, connected: true, onhold: true, transfer: true, disconnected: true }),
  ],
])('%s is one that the released schema allows: another would park its window', (_what, path, expected) => {
  expect([...(schemaAt(...path)['enum'] as readonly string[])].sort()).toEqual(expected);
});

test('every field of what Tidemark emits says what it means', () => {
  const undescribed = (schema: unknown, path: string): readonly string[] => {
    if (!isObject(schema)) return [];
    const inner = Object.entries((schema['properties'] ?? {}) as JsonObject).flatMap(([key, field]) => [
      ...(isObject(field) && typeof field['description'] === 'string' ? [] : [`${path}.${key}`]),
      ...undescribed(field, `${path}.${key}`),
    ]);
    return [...inner, ...undescribed(schema['items'], `${path}[]`)];
  };
  const emitted = ['tidemark.record/v3.json', 'tidemark.execution-input/v3.json', 'tidemark.event/v2.json', 'tidemark.passed-event/v2.json', 'tidemark.correction/v1.json'];
  expect(emitted.flatMap((path) => undescribed(files.find((file) => file.path === path)?.content, path))).toEqual([]);
});

test('what we emit is refused for any error, and the refusal names places and types, never values', () => {
  const input = {
    conversationId: 'canary-1',
    timestamp: 'canary-2',
    callDetails: null,
    callDetailsStatus: 'canary-3',
    enrichmentSteps: [],
  };
  expect(registry.validate('tidemark.execution-input', input)).toEqual({
    ok: false,
    detail: [
      '$.record is required, came nothing',
      '$.timestamp must match format "date-time", came string',
      '$.callDetailsStatus must be equal to one of the allowed values, came string',
    ].join('; '),
  });
});
