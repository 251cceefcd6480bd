import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { openNursery, projectRoot } from '../../localstack/demo/children';
import { scriptGenesys } from '../../localstack/demo/genesys';
import { observe, type Observed } from '../../localstack/demo/observe';
import { sendAll } from '../../localstack/demo/send';
import { settle } from '../../localstack/demo/settle';
import { basics, setStage, type Stage } from '../../localstack/demo/stage';
import { demoTimes, workerEnvironment } from '../../localstack/demo/worker-environment';
import { dynamoReconciliationStore } from '../../src/aws/reconciliation-store';
import { keys } from '../../src/core/items';
import { feedMessage } from '../factories';

/* Worker processes, hours after calls of which some events never came. Genesys's analytics know all of them to their end. */

const hourMs = 3_600_000;
const beganMs = Date.now() - 3 * hourMs;
const at = (second: number): number => beganMs + second * 1_000;
const iso = (second: number): string => new Date(at(second)).toISOString();

const endless = '00000000-0000-4000-8000-00000000000a';
const workless = '00000000-0000-4000-8000-00000000000b';
const whole = '00000000-0000-4000-8000-00000000000c';
const lost: Readonly<Record<string, readonly string[]>> = {
  [endless]: ['customer.end', 'acw'],
  [workless]: ['acw'],
  [whole]: [],
};
const calls = Object.keys(lost);

const agent = { session: 'agent', participant: 'agent' };
const customer = { session: 'customer', participant: 'customer' };
const script = [
  { type: 'customer.start', at: at(0), ...customer },
  { type: 'user.start', at: at(10), ...agent, body: { userId: 'user-1' } },
  { type: 'user.end', at: at(200), ...agent, body: { userId: 'user-1', interactingDurationMs: 180_000 } },
  { type: 'customer.end', at: at(200), ...customer },
  { type: 'acw', at: at(260), ...agent, body: { userId: 'user-1', wrapupDurationMs: 60_000 } },
];

const messagesOf = (conversationId: string) =>
  script
    .filter(({ type }) => !lost[conversationId]?.includes(type))
    .map((event) => ({ conversationId, body: JSON.stringify(feedMessage({ ...event, conversation: conversationId })) }));

const analyticsOf = (conversationId: string) => {
  const talk = { segmentStart: iso(10), segmentEnd: iso(200), segmentType: 'interact' };
  const work = { segmentStart: iso(200), segmentEnd: iso(260), segmentType: 'wrapup' };
  const metrics = [
    { name: 'tTalk', value: 180_000, emitDate: iso(200) },
    { name: 'tAcw', value: 60_000, emitDate: iso(260) },
  ];
  return {
    ...{ conversationId, conversationStart: iso(0), conversationEnd: iso(260) },
    participants: [
      { purpose: 'customer', sessions: [{ mediaType: 'voice', segments: [{ ...talk, segmentStart: iso(0) }] }] },
      { purpose: 'agent', userId: 'user-1', sessions: [{ mediaType: 'voice', segments: [talk, work], metrics }] },
    ],
  };
};

const folder = mkdtempSync(join(tmpdir(), 'tidemark-reconciled-test-'));
const nursery = openNursery(folder);
let stage: Stage;

/** Four processes start, one after the other: seconds each, on a machine that does nothing else. */
const patienceMs = 900_000;

afterAll(() => {
  nursery.killAll();
  rmSync(folder, { recursive: true, force: true });
});

const startWorker = (name: string, variables: Readonly<Record<string, string>>) => {
  const env = { ...basics(), ...workerEnvironment(stage.places, { ...demoTimes, ...variables }) };
  return nursery.start({ name, args: ['--import', 'tsx', join(projectRoot, 'src', 'main.ts'), 'worker'], env });
};

const closeAll = (): Promise<void> =>
  settle(stage.clients, stage.places, { stuckAfterMs: 60_000, watch: () => nursery.assertAllStand() });

const tableOf = ({ clients, places: { tableName } }: Stage) => ({
  dynamo: DynamoDBDocumentClient.from(clients.dynamodb),
  tableName,
});

/** As if the last pass had been hours ago. Fails while anybody has the lease. */
const putCheckpointBack = async (): Promise<number> => {
  const [store, nowMs] = [dynamoReconciliationStore(tableOf(stage)), Date.now()];
  const lease = { token: 'test', nowMs, untilMs: nowMs + hourMs, expiresAtMs: nowMs + 24 * hourMs };
  expect(await store.take(lease)).not.toBeNull();
  const doneUpToMs = nowMs - 4 * hourMs;
  await store.advance(lease.token, { doneUpToMs, again: [] });
  await store.release(lease.token);
  return doneUpToMs;
};

const leftCheckpoint = async (doneUpToMs: number): Promise<void> => {
  const { dynamo, tableName } = tableOf(stage);
  const get = new GetCommand({ TableName: tableName, Key: keys.reconciliation(), ConsistentRead: true });
  while ((await dynamo.send(get)).Item?.['doneUpTo'] === doneUpToMs) {
    nursery.assertAllStand();
    await pause(50);
  }
};

/** A worker that finds the calls ended in its slice; what it says of them. */
const reconcileWith = async (name: string): Promise<object> => {
  const doneUpToMs = await putCheckpointBack();
  const worker = startWorker(name, { RECONCILE_AFTER_HOURS: '1' });
  await leftCheckpoint(doneUpToMs);
  // What it found is in the table by then, and is closed like any other window.
  await closeAll();
  expect(await worker.stop()).toBe('0');
  const lines = readFileSync(worker.logFile, 'utf8').split('\n');
  return JSON.parse(lines.find((line) => line.includes('Compared records with')) ?? '{}') as object;
};

const revisionsIn = (found: readonly { readonly conversationId: string; readonly revision: number }[]) =>
  calls.map((id) => found.filter(({ conversationId }) => conversationId === id).map(({ revision }) => revision));

type Input = { readonly record: { readonly conversationId: string; readonly revision: number } };

/** Revisions of each call: that there are, that were handed off. */
const revisionsOf = ({ records, executions }: Observed) => ({
  recorded: revisionsIn([...records.values()].flat().map(({ record }) => record)),
  handedOff: revisionsIn(executions.map(({ input }) => (JSON.parse(input) as Input).record)).map((some) => some.sort()),
});

const same = (...revisions: readonly (readonly number[])[]) => ({ recorded: revisions, handedOff: revisions });

test(
  'what Genesys knows of calls whose events were lost becomes one more revision of each, once',
  async () => {
    const awsUrl = process.env['AWS_ENDPOINT_URL'] || undefined;
    stage = await setStage(nursery, 'a-secret', { awsUrl, visibilitySeconds: 10 });
    await scriptGenesys(stage.places.genesysUrl, 'conversations', calls.map(analyticsOf));
    const first = startWorker('without', {});
    await sendAll(stage.clients.sqs, stage.places.queueUrl, calls.flatMap(messagesOf));
    await closeAll();
    expect(await first.stop()).toBe('0');
    expect(revisionsOf(await observe(stage))).toEqual(same([1], [1], [1]));

    expect(await reconcileWith('with')).toMatchObject({ compared: 3, differed: 2, unknown: 0, again: 0 });
    const corrected = await observe(stage);
    expect(revisionsOf(corrected)).toEqual(same([1, 2], [1, 2], [1]));
    const newest = (id: string) => corrected.records.get(id)?.at(-1)?.record;
    const work = { field: 'metrics.afterCallWorkMs', record: null, analytics: 60_000 };
    const end = { field: 'endedAt', record: null, analytics: iso(200) };
    expect(newest(endless)).toMatchObject({
      ...{ status: 'partial', pane: 'late', supersedes: 1, endedAt: iso(200), durationMs: 200_000 },
      corrections: [end, work],
    });
    expect(newest(workless)).toMatchObject({ status: 'final', pane: 'late', endedAt: iso(200), corrections: [work] });

    expect(await reconcileWith('once-more')).toMatchObject({ compared: 3, differed: 0 });
    expect(revisionsOf(await observe(stage))).toEqual(same([1, 2], [1, 2], [1]));
    stage.clients.close();
    expect(await stage.standIns.stop()).toBe('0');
  },
  patienceMs,
);
