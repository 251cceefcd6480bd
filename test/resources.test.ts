import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeConfig } from '../src/config-described';
import { defaultPrefix, resources } from '../src/resources';

const owned = resources();

test('the names and settings of what we own in AWS are pinned: changing one replaces a resource that holds data', () => {
  expect(owned).toEqual({
    intakeQueue: {
      name: 'tidemark-intake',
      visibilitySeconds: 60,
      retentionSeconds: 1_209_600,
      receiveWaitSeconds: 20,
      maximumMessageBytes: 1_048_576,
      maxReceiveCount: 1_000,
    },
    deadLetterQueue: {
      name: 'tidemark-dead-letters',
      visibilitySeconds: 60,
      retentionSeconds: 1_209_600,
      receiveWaitSeconds: 20,
      maximumMessageBytes: 1_048_576,
    },
    eventDeadLetterQueue: {
      name: 'tidemark-event-dead-letters',
      visibilitySeconds: 60,
      retentionSeconds: 1_209_600,
      receiveWaitSeconds: 20,
      maximumMessageBytes: 1_048_576,
    },
    table: {
      name: 'tidemark-windows',
      billing: 'on-demand',
      partitionKey: 'pk',
      sortKey: 'sk',
      timeToLive: 'expiresAt',
      dueIndex: { name: 'due', partitionKey: 'dueOn', sortKey: 'dueAt', projection: 'keys-only' },
      pointInTimeRecovery: true,
    },
    topic: { name: 'tidemark-records' },
    stateMachine: {
      name: 'tidemark-enrichment',
      type: 'STANDARD',
      definitionFile: 'infra/enrichment.asl.json',
      substitutions: ['TableName', 'CrmApiEndpoint', 'CrmConnectionArn', 'TicketApiEndpoint', 'TicketConnectionArn'],
      logging: { level: 'ERROR', includeExecutionData: false },
    },
  });
});

test.each([owned.deadLetterQueue, owned.eventDeadLetterQueue])(
  'a dead letter in $name can be as large and is kept as long as what comes in',
  ({ maximumMessageBytes, retentionSeconds }) => {
    expect(maximumMessageBytes).toBe(owned.intakeQueue.maximumMessageBytes);
    expect(retentionSeconds).toBeGreaterThanOrEqual(owned.intakeQueue.retentionSeconds);
  },
);

test('two prefixes share nothing', () => {
  const namesOf = (prefix: string): readonly string[] =>
    Object.values(resources(prefix)).map(({ name }: { name: string }) => name);
  const names = [...namesOf(defaultPrefix), ...namesOf('other')];
  expect(new Set(names).size).toBe(names.length);
});

test('the state machine’s definition is where it is said to be', () => {
  expect(existsSync(join(__dirname, '..', owned.stateMachine.definitionFile))).toBe(true);
});

test("the worker's defaults are the queue's own settings", () => {
  const defaultOf = (name: string): unknown => describeConfig().find((row) => row.name === name)?.default;
  expect(defaultOf('VISIBILITY_SECONDS')).toBe(String(owned.intakeQueue.visibilitySeconds));
  expect(defaultOf('WAIT_TIME_SECONDS')).toBe(String(owned.intakeQueue.receiveWaitSeconds));
});
