import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { startFakeGenesys, type FakeGenesys } from '../../localstack/embedded/genesys/server';
import { dashboardRows } from '../../infra/dashboard/graphs';
import type { Series } from '../../infra/alarms/series';
import { dynamoReconciliationStore } from '../../src/aws/reconciliation-store';
import { dynamoWindowTable } from '../../src/aws/window-table';
import { work } from '../../src/commands/worker';
import { loadConfig } from '../../src/config';
import { duePartition } from '../../src/core/items';
import { makeLife } from '../../src/core/life';
import { limits } from '../../src/core/limits';
import { installAws, type AwsInstallation } from '../contract/aws-installation';
import { anEvent, feedMessage } from '../factories';
import { alarmDefinitions } from '../../infra/alarms/definitions';
import { defaultPlaces } from './default-alarms';
import { keyOf, keysIn } from './emitted-series';

/* A metric that nobody emits is an alarm that never rings. So workers run, on the stand-ins, through everything that is ever counted. */

/** The door's are its own process's: ingest/metrics-emitted.test.ts. */
const places = { ...defaultPlaces, ingest: null };

const wanted: readonly Series[] = [
  ...alarmDefinitions(places).flatMap(({ watched }) => Object.values(watched.over)),
  ...dashboardRows(places).flatMap(({ graphs }) =>
    graphs.flatMap(({ lines, right = {} }) => [...Object.values(lines), ...Object.values(right)]),
  ),
].filter(({ namespace }) => namespace === null);

const emitted = new Set<string>();
const waiting: (() => void)[] = [];

/** Standard output, as CloudWatch Logs would get it. */
const overhear = (): unknown =>
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    const lines = String(text).split('\n');
    const found = lines.filter((line) => line.startsWith('{"_aws"')).flatMap(keysIn);
    for (const key of found) emitted.add(key);
    if (found.length > 0) waiting.splice(0).forEach((go) => go());
    return true;
  });
const nextMetrics = (): Promise<void> => new Promise((resolve) => void waiting.push(resolve));

const missing = (): readonly string[] => [
  ...new Set(wanted.map(({ name, dimensions }) => keyOf(name, dimensions)).filter((key) => !emitted.has(key))),
];

let sound: AwsInstallation;
/** Where the worker is told of a dead-letter queue and a workflow that are not there. */
let broken: AwsInstallation;
let genesys: FakeGenesys;
const workers: { readonly stop: () => Promise<void> }[] = [];
const client = { id: 'client', secret: 'secret' };

const environment = (aws: AwsInstallation, changed: Readonly<Record<string, string>>) => ({
  ...{ AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: aws.endpointUrl, HEALTH_PORT: '0', LOG_LEVEL: 'error' },
  ...{ QUEUE_URL: aws.names.queueUrl, DEAD_LETTER_QUEUE_URL: aws.names.deadLetterQueueUrl, TABLE_NAME: aws.names.tableName },
  ...{ EVENT_DEAD_LETTER_QUEUE_URL: aws.names.eventDeadLetterQueueUrl, RECORD_TOPIC_ARN: aws.names.topicArn },
  ...{ STATE_MACHINE_ARN: aws.names.stateMachineArn, HOLD_MS: '0', ACW_HOLD_MS: '0', OUT_OF_ORDERNESS_MS: '0', SHARDS: '1' },
  ...{ WAIT_TIME_SECONDS: '1', VISIBILITY_SECONDS: '5', HEARTBEAT_MS: '500', TICK_MS: '100', CONSUMERS: '2' },
  ...changed,
});

const startWorker = (aws: AwsInstallation, changed: Readonly<Record<string, string>>): void => {
  const [soft, hard] = [new AbortController(), new AbortController()];
  const running = work(loadConfig(environment(aws, changed)), 'tidemark/1.2.3', { soft: soft.signal, hard: hard.signal });
  workers.push({ stop: () => (soft.abort(), running) });
};

const send = async (aws: AwsInstallation, ...bodies: readonly (object | string)[]): Promise<void> => {
  for (const body of bodies) {
    const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
    await aws.clients.sqs.send(new SendMessageCommand({ QueueUrl: aws.names.queueUrl, MessageBody }));
  }
};

const call = (conversation: string) => [
  feedMessage({ type: 'customer.start', conversation }),
  feedMessage({ type: 'customer.end', conversation, at: Date.now() }),
];

/** One for each reason. */
const refused = (): readonly (object | string)[] => {
  const noise = Array.from({ length: 90_000 }, () => Math.random().toString(36).slice(2, 12)).join('');
  return [
    ...['this is no JSON', '[]', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
    feedMessage({ type: 'attributes', conversation: 'huge', body: { attributes: { noise } } }),
    { hello: 'world' },
    feedMessage({ type: 'hologram.start' }),
    feedMessage({ body: { eventTime: -1 } }),
    { ...feedMessage(), source: 'somebody.else' },
  ];
};

/** Metrics leave a worker every ten seconds; a slow machine may take several rounds. */
const patienceMs = 90_000;
const expiresAtMs = Date.now() + 86_400_000;

/** A window whose workers died at it so often that the next one gives it up. */
const exhaust = async ({ clients, names }: AwsInstallation, conversationId: string): Promise<void> => {
  const table = dynamoWindowTable({ dynamo: clients.dynamo, tableName: names.tableName });
  await table.writeEvents([{ event: anEvent({ conversation: conversationId }), sentAtMs: Date.now() }], expiresAtMs);
  const due = { dueOn: duePartition('queue', 0), dueAt: 1 };
  const set = { state: 'open', life: makeLife(Date.now(), 1), finished: 0, attempts: 99, waits: 0, ...due } as const;
  await table.updateHead({ conversationId, expect: 'missing', set, expiresAtMs });
};

/** As if it had compared until some hours ago, with a conversation left to be looked at again. */
const leaveBehind = async ({ clients, names }: AwsInstallation): Promise<void> => {
  const store = dynamoReconciliationStore({ dynamo: clients.dynamo, tableName: names.tableName });
  const nowMs = Date.now();
  await store.take({ token: 'test', nowMs, untilMs: nowMs + 60_000, expiresAtMs });
  await store.advance('test', { doneUpToMs: nowMs - 4 * 3_600_000, again: ['never-seen'] });
  await store.release('test');
};

/** Its next receive is the last that the queue allows. */
const wearOut = async (aws: AwsInstallation): Promise<void> => {
  await send(aws, 'nothing that any worker can set aside');
  const ask = { QueueUrl: aws.names.queueUrl, VisibilityTimeout: 0, WaitTimeSeconds: 1 };
  for (let receives = 1; receives < limits.receives; receives++) await aws.clients.sqs.send(new ReceiveMessageCommand(ask));
};

/** Everything that a worker counts whose surroundings are as they should be. */
const playSound = async (isDone: () => boolean): Promise<void> => {
  await leaveBehind(sound);
  genesys.control.faults([{ answer: 429, times: 4, retryAfterSeconds: 2 }]);
  startWorker(sound, {
    ...{ GENESYS_API_URL: genesys.url, GENESYS_LOGIN_URL: genesys.url, GENESYS_REQUESTS_PER_MINUTE: '12' },
    ...{ GENESYS_CLIENT_ID: client.id, GENESYS_CLIENT_SECRET: client.secret, RECONCILE_AFTER_HOURS: '1' },
    ...{ EMIT_PARTIAL_EVERY: '10s', ALLOWED_SOURCES: 'aws.partner/genesys.com' },
  });
  await send(sound, ...refused(), feedMessage({ conversation: 'open', body: { novelty: 1 } }));
  await exhaust(sound, 'exhausted');
  for (let round = 1; !isDone(); round++) {
    const lateOnes = Array.from({ length: round - 1 }, (_, earlier) =>
      feedMessage({ type: 'customer.end', conversation: `call-${earlier + 1}`, session: `late-${round}` }),
    );
    const news = feedMessage({ type: 'acd.start', conversation: 'open', session: `open-${round}` });
    await send(sound, ...call(`call-${round}`), ...lateOnes, news);
    await nextMetrics();
  }
};

const playBroken = async (): Promise<void> => {
  await wearOut(broken);
  await send(broken, ...call('broken'));
  startWorker(broken, {
    CALL_DETAILS: 'off',
    DEAD_LETTER_QUEUE_URL: `${broken.names.deadLetterQueueUrl}-missing`,
    STATE_MACHINE_ARN: `${broken.names.stateMachineArn}-missing`,
  });
};

beforeAll(async () => {
  genesys = await startFakeGenesys({ clients: [client] });
  [sound, broken] = (await Promise.all([1, 2].map(() => installAws({ visibilitySeconds: 5, receiveWaitSeconds: 1 })))) as [
    AwsInstallation,
    AwsInstallation,
  ];
});
afterAll(async () => {
  await Promise.all(workers.map(({ stop }) => stop()));
  jest.restoreAllMocks();
  await Promise.all([genesys.close(), sound.remove(), broken.remove()]);
});

test('every metric that an alarm or the dashboard names is emitted by workers, with these dimensions', async () => {
  overhear();
  const deadlineMs = performance.now() + patienceMs;
  const isDone = (): boolean => missing().length === 0 || performance.now() > deadlineMs;
  await Promise.all([playSound(isDone), playBroken()]);
  expect(missing()).toEqual([]);
});
