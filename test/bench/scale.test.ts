import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { countedBy } from '../../localstack/bench/backend/control';
import { serveBackend } from '../../localstack/bench/backend/server';
import { noUnits, type Reading } from '../../localstack/bench/reading';
import { askedPerSecond, defaults } from '../../localstack/bench/scale/arithmetic';
import { busyShare } from '../../localstack/bench/scale/cores';
import type { Span } from '../../localstack/bench/scale/fleet';
import { loadedReport } from '../../localstack/bench/scale/report';
import { testCredentials, testRegion } from '../../localstack/clients';
import { dynamoWindowTable } from '../../src/aws/window-table';
import type { HeadUpdate } from '../../src/core/items';

const idle = { cpuMs: 0, demand: 0.2, waited: 0, peakRssBytes: 0 };

/** A second in which so much was done. */
const aSpan = (messages: number, closed: number, coresBusy: number, lost = 0): Span => {
  const reading: Reading = {
    ...{ wallMs: 1_000, done: messages, answers: {}, calls: { UpdateItem: messages }, units: noUnits },
    ...{ subject: { ...idle, cpuMs: 1 }, generator: null, backend: idle },
  };
  const counted = { calls: {}, refused: {}, units: noUnits, deleted: 0, waiting: 0, inHand: 0, started: 0 };
  return { reading, before: counted, after: { ...counted, started: closed, refused: { claim: lost } }, coresBusy };
};

const metrics = { total: () => 0, by: () => new Map<string, number>() };
const aFleet = (workers: number, rounds: readonly Span[]) => ({ workers, rttMs: 15, rounds, metrics, conversations: 100 });

describe('what more workers add', () => {
  test('is told against one, and as a share of what so many could do', () => {
    const { rows, notes } = loadedReport([aFleet(1, [aSpan(100, 10, 0.3)]), aFleet(4, [aSpan(380, 30, 0.6)])]);
    const { '× 1 worker': messages, 'of ideal': ofIdeal, 'of ideal ': closedOfIdeal } = rows[1]!.cells;
    expect([messages, ofIdeal, closedOfIdeal]).toEqual([3.8, 0.95, 0.75].map((value) => ({ kind: 'figure', value })));
    expect(notes.at(-1)).toMatch(/4 workers: intake 0\.95 of ideal, met; closing 0\.75 of ideal, MISSED/);
  });

  test('is refused where the cores were full, whoever filled them: nobody could have added anything', () => {
    const { rows } = loadedReport([aFleet(1, [aSpan(100, 10, 0.3)]), aFleet(2, [aSpan(120, 12, 0.95)])]);
    expect(rows[1]!.cells['of ideal']).toEqual({ kind: 'refused', why: "the machine's cores were full (95 %)" });
  });

  test('counts what workers take from each other by the thousand conversations', () => {
    const { rows } = loadedReport([aFleet(1, [aSpan(100, 10, 0.3, 2)])]);
    expect(rows[0]!.cells['lost claims ‰']).toEqual({ kind: 'figure', value: 200 });
  });
});

describe('the arithmetic of a fleet at rest', () => {
  test('one worker asks for each shard in both clocks every tick, and for everybody and the levers every heartbeat', () => {
    expect(askedPerSecond(1, defaults)).toMatchObject({ dueQueries: 32, fleetQueries: 0.2, leverQueries: 0.2, heartbeats: 0.2 });
  });

  test('looks at shards that others are behind with do not grow beyond eight workers; heartbeats read everybody, so their units do', () => {
    const [eight, thousand] = [askedPerSecond(8, defaults), askedPerSecond(1_000, defaults)];
    expect(eight.dueQueries).toBeCloseTo(76.8);
    expect(thousand.dueQueries).toBeLessThan(84);
    expect(thousand.fleetReadUnits).toBe(200 * 35);
    expect(askedPerSecond(1_000, { ...defaults, heartbeatMs: 15_000 }).fleetReadUnits).toBeLessThan(3_000);
  });
});

test('cores that were busy half of the time are half busy, and no time is none', () => {
  expect(busyShare({ busyMs: 100, allMs: 1_000 }, { busyMs: 200, allMs: 1_200 })).toBe(0.5);
  expect(busyShare({ busyMs: 100, allMs: 1_000 }, { busyMs: 100, allMs: 1_000 })).toBe(0);
});

test('the backend tells a claim that came too late from any other update that did', async () => {
  const { url, close } = await serveBackend({ rttMs: 0, failing: 0 });
  const client = new DynamoDBClient({ endpoint: url, region: testRegion, credentials: testCredentials, maxAttempts: 1 });
  const table = dynamoWindowTable({
    dynamo: DynamoDBDocumentClient.from(client),
    preparedDynamo: client,
    tableName: 'bench',
  });
  const conversationId = randomUUID();
  const created: HeadUpdate = { conversationId, expect: 'missing', set: { state: 'open', attempts: 0 }, expiresAtMs: 1 };
  const claim: HeadUpdate = {
    ...{ conversationId, expect: { state: 'open' }, set: { state: 'closing', token: 'a' }, addAttempt: true, expiresAtMs: 1 },
  };
  for (const update of [created, created, claim, claim, claim]) await table.updateHead(update);
  expect((await countedBy(url)).refused).toEqual({ BatchExecuteStatement: 1, claim: 2 });
  client.destroy();
  await close();
});
