import { foldConversation } from '../../src/core/conversation/fold';
import { type ExecutionInput, executionInput } from '../../src/core/execution-input';
import { identitiesOf } from '../../src/core/identities';
import { limits, utf8Bytes } from '../../src/core/limits';
import { makeRecord } from '../../src/core/revision';
import { seededRandom } from '../../src/memory/random';
import { openSchemaRegistry } from '../../src/schema-files';
import { anEvent, mapperOf, second } from '../factories';

const registry = openSchemaRegistry();

/** As long as Genesys's. */
const idOf = (kind: string, n: number): string => `${kind}-${String(n).padStart(24, '0')}`;

/** Agents, each with a session and a queue of their own; and updates, which are in the lifecycle alone. */
const aRecord = (agents: number, updates = 0) => {
  const starts = Array.from({ length: agents }, (_, n) => {
    const who = { session: idOf('session', n), participant: idOf('participant', n) };
    return anEvent({ type: 'user.start', at: second(n), ...who, body: { userId: idOf('user', n), queueId: idOf('queue', n) } });
  });
  const attributes = Array.from({ length: updates }, (_, n) => anEvent({ type: 'attributes', at: second(n) }));
  const { content } = foldConversation([anEvent(), ...starts, ...attributes], mapperOf);
  return makeRecord({ content, life: '0'.repeat(16), revision: 1, pane: 'on_time', previous: null, expiredHistory: false });
};

type Changed = Partial<Omit<ExecutionInput, 'identities'>>;

const anInput = ({ record = aRecord(1), ...fields }: Changed = {}): ExecutionInput => ({
  conversationId: 'conversation-1',
  timestamp: '2026-01-05T12:00:00.000Z',
  callDetails: {},
  callDetailsStatus: 'complete',
  enrichmentSteps: ['fetch_crm_contact'],
  expiresAt: 1_767_614_400,
  record,
  identities: identitiesOf(record),
  ...fields,
});

const travelled = (input: ExecutionInput): ExecutionInput => {
  const text = executionInput(input);
  expect(utf8Bytes(text)).toBeLessThanOrEqual(limits.executionInputBytes);
  const read = JSON.parse(text) as ExecutionInput;
  expect(registry.validate('tidemark.execution-input', read)).toMatchObject({ ok: true });
  return read;
};

const kilobytes = (count: number): string => 'x'.repeat(count * 1024);
const transcript = (count: number) =>
  ({ status: 'complete', language: null, texts: [kilobytes(count)], truncated: false, phrases: 1 }) as const;
const attributes = (count: number) =>
  ({
    status: 'complete',
    participants: [{ participantId: 'participant-1', purpose: null, attributes: { note: kilobytes(count) } }],
  }) as const;
const names = (count: number) => ({ users: {}, queues: { 'queue-1': kilobytes(count) }, wrapUpCodes: {} });

/** What stayed behind, in words. */
const leftBehind = (input: ExecutionInput): readonly string[] => [
  ...(input.record.lifecycleOmitted === undefined ? [] : ['lifecycle']),
  ...(input.record.omitted?.includes('sessions') ? ['lists'] : []),
  ...(input.record.omitted?.includes('agentIds') ? ['ids'] : []),
  ...(['transcript', 'participantAttributes', 'sentiment'] as const).filter((name) => input[name]?.status === 'omitted'),
  ...(input.namesOmitted ? ['names'] : []),
  ...(input.callDetailsOmitted ? ['details'] : []),
  ...(input.identitiesOmitted === undefined ? [] : ['identities']),
];

test('what fits travels whole', () => {
  const input = anInput({ transcript: transcript(10), participantAttributes: attributes(10), names: names(1) });
  expect(travelled(input)).toEqual(input);
});

test.each<[string, Changed, readonly string[]]>([
  ['a lifecycle of thousands', { record: aRecord(1, 5_000) }, ['lifecycle']],
  ['a lifecycle, beside what is needed more', { record: aRecord(1, 3_000), transcript: transcript(100) }, ['lifecycle']],
  ['sessions of hundreds of agents', { record: aRecord(700) }, ['lifecycle', 'lists']],
  [
    'a transcript, beside many attributes',
    { transcript: transcript(150), participantAttributes: attributes(150) },
    ['transcript'],
  ],
  [
    'attributes, beside large details',
    { callDetails: { all: kilobytes(150) }, participantAttributes: attributes(150) },
    ['participantAttributes'],
  ],
  ['names, beside large details', { callDetails: { all: kilobytes(150) }, names: names(150) }, ['names']],
  [
    'details, alone too large',
    { callDetails: { all: kilobytes(300) }, transcript: transcript(100), names: names(10) },
    ['details'],
  ],
  ['a transcript, alone too large', { transcript: transcript(300), record: aRecord(2, 100) }, ['transcript']],
  ['a sentiment, alone too large', { sentiment: { status: 'complete', score: 1, ...{ more: kilobytes(300) } } }, ['sentiment']],
])('%s stays behind, says so, and takes nothing with it', (_what, changed, expected) => {
  expect(leftBehind(travelled(anInput(changed)))).toEqual(expected);
});

test('thousands of agents leave even the ids behind, and say how many identities there were', () => {
  const input = travelled(anInput({ record: aRecord(4_000), transcript: transcript(10) }));
  expect(input).toMatchObject({ identities: [], identitiesOmitted: 4_000, record: { agentIds: [], eventCount: 4_001 } });
  expect(input.transcript).toMatchObject({ status: 'complete' });
});

test('what has nothing to say is not called omitted', () => {
  const nothing = {
    transcript: { status: 'absent' },
    sentiment: { status: 'failed' },
    callDetails: null,
    callDetailsStatus: 'absent',
  } as const;
  const input = travelled(anInput({ ...nothing, record: aRecord(1, 5_000) }));
  expect(input).toMatchObject(nothing);
  expect(leftBehind(input)).toEqual(['lifecycle']);
});

/** Small, middling or larger than everything together may be. */
const sizes = [0, 1, 40, 90, 130, 200, 300];

test('whatever the sizes, it fits, is valid, and nothing stays behind for which there is room', () => {
  const random = seededRandom(6);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random.fraction() * items.length)]!;
  const records = [aRecord(0), aRecord(3, 50), aRecord(1, 2_500), aRecord(300), aRecord(700), aRecord(4_000)];
  for (let round = 0; round < 60; round++) {
    const input = anInput({
      record: pick(records),
      callDetails: { all: kilobytes(pick(sizes)) },
      participantAttributes: attributes(pick(sizes)),
      transcript: transcript(pick(sizes)),
      sentiment: { status: 'complete', score: 0, ...{ more: kilobytes(pick(sizes)) } },
      names: names(pick(sizes)),
    });
    const carried = travelled(input);
    const room = limits.executionInputBytes - utf8Bytes(JSON.stringify(carried));
    for (const name of ['transcript', 'participantAttributes', 'sentiment'] as const)
      if (carried[name]?.status === 'omitted') expect(utf8Bytes(JSON.stringify(input[name]))).toBeGreaterThan(room);
    if (carried.callDetailsOmitted) expect(utf8Bytes(JSON.stringify(input.callDetails))).toBeGreaterThan(room);
  }
});
