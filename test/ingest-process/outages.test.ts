import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import axios from 'axios';
import type { Call } from '../../localstack/chaos/call';
import { testCredentials, testRegion } from '../../localstack/clients';
import { endAll, type OneDoor, secrets, setWorld, startOne, until } from './one-door';
import { brokenPromises, emptyQueue } from './queue-contents';
import { aPost, openSenders, postTo } from './senders';

afterAll(endAll);

const world = setWorld();

const isAway =
  (service: string) =>
  (call: Call): 'drop' | null =>
    call.service === service ? 'drop' : null;

const inQueue = async () => {
  const { stage } = await world;
  return emptyQueue(stage.clients.sqs, stage.places.queueUrl);
};

const statusOf = async (url: string): Promise<number> =>
  (await axios.get(url, { proxy: false, validateStatus: () => true, headers: { connection: 'close' } })).status;

const stop = async (door: OneDoor): Promise<void> => {
  door.signal();
  expect((await door.end()).exit).toBe('0');
};

test('without its table it accepts posts all the same, says so once, and counts the keys that it missed', async () => {
  const { aws } = await world;
  aws.go({ fate: isAway('dynamodb') });
  const door = await startOne(await world);
  await door.isOpen;
  const senders = openSenders(door.url, secrets.bearer);
  const keyed = Array.from({ length: 40 }, (_, n) => aPost(n)).filter(({ key }) => key !== null);
  for (const post of keyed) expect((await senders.attempt(post))?.status).toBe(200);
  await stop(door);
  expect(brokenPromises(senders.accepted(), await inQueue())).toEqual([]);
  expect(door.said()).toMatch(/"PostKeysMissed":[1-9]/);
  expect(door.said()).not.toContain('"level":"error"');
});

test('without SQS it tells everybody to come again, soon, and takes posts once SQS is there, by itself', async () => {
  const { aws } = await world;
  const timeoutMs = 2_000;
  aws.go({ fate: isAway('sqs') });
  const door = await startOne(await world, { env: { INGEST_TIMEOUT_MS: String(timeoutMs) } });
  await door.isOpen;
  const senders = openSenders(door.url, secrets.bearer);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => senders.attempt(aPost(n))));
  const answeredMs = performance.now();
  expect(answers.map((answer) => answer?.status)).toEqual(answers.map(() => 503));
  expect(answers.every((answer) => Number(answer?.retryAfter) >= 1)).toBe(true);
  expect(answers.every((answer) => answer?.problem === 'unavailable')).toBe(true);
  const slowestMs = answeredMs - Math.min(...senders.attempts().map(({ startedMs }) => startedMs));
  // And what a machine that does other things takes to send twenty posts.
  expect(slowestMs).toBeLessThan(timeoutMs + 3_000);
  // Somebody always tries: only a probe can tell.
  await until(async () => (await senders.attempt(aPost(1)))?.status === 503 && door.said().includes('accepting pauses'));
  aws.go();
  await until(async () => (await senders.attempt(aPost(2)))?.status === 200);
  expect(door.said()).toContain('accepting goes on');
  expect(await statusOf(`http://127.0.0.1:${door.healthPort}/healthz`)).toBe(200);
  await stop(door);
  expect(brokenPromises(senders.accepted(), await inQueue())).toEqual([]);
});

test('before its secrets can be had it is not ready and tells everybody to come again; then it lets in who knows them, by itself', async () => {
  const { aws, stage } = await world;
  aws.go();
  const client = new SecretsManagerClient({ endpoint: stage.places.awsUrl, region: testRegion, credentials: testCredentials });
  const { ARN: arn = '' } = await client.send(new CreateSecretCommand({ Name: 'ingest-without-a-value' }));
  const env = { INGEST_BEARER_SECRETS: '', INGEST_SIGNING_SECRETS: '', INGEST_SECRET_ARN: arn };
  const door = await startOne(await world, { env });
  await door.hasSaid("The senders' secrets cannot be read");
  expect(await statusOf(`${door.url}/healthz`)).toBe(200);
  expect([await statusOf(`${door.url}/readyz`), await statusOf(`http://127.0.0.1:${door.healthPort}/readyz`)]).toEqual([
    503, 503,
  ]);
  expect((await postTo(door.url, secrets.bearer, aPost(1)))?.status).toBe(503);
  await client.send(new PutSecretValueCommand({ SecretId: arn, SecretString: JSON.stringify({ bearer: [secrets.bearer] }) }));
  client.destroy();
  await door.isOpen;
  expect((await postTo(door.url, secrets.bearer, aPost(1)))?.status).toBe(200);
  expect((await postTo(door.url, secrets.wrong, aPost(1)))?.status).toBe(401);
  await stop(door);
  expect(door.said()).not.toContain(secrets.bearer);
  expect(await inQueue()).toHaveLength(1);
});

test('an answered post that is sent again has the same id, also by a door that was killed since and started anew', async () => {
  const { aws } = await world;
  aws.go();
  /** A key is a courtesy: on a machine that is busy it may be missed. */
  const untilKept = async (door: OneDoor, n: number) => {
    for (;;) {
      const post = { ...aPost(n), key: 'a-key-that-many-share' };
      const [first, again] = [await postTo(door.url, secrets.bearer, post), await postTo(door.url, secrets.bearer, post)];
      if (first?.status === 200 && first.messageId === again?.messageId) return { post, messageId: first.messageId };
    }
  };
  const first = await startOne(await world);
  await first.isOpen;
  const { post, messageId } = await untilKept(first, 1);
  first.kill();
  await first.end();
  const second = await startOne(await world);
  await second.isOpen;
  await untilKept(second, 2);
  expect((await postTo(second.url, secrets.bearer, post))?.messageId).toBe(messageId);
  const other = await postTo(second.url, secrets.bearer, { ...aPost(3), key: post.key });
  expect(other?.messageId).not.toBe(messageId);
  await stop(second);
  expect((await inQueue()).filter(({ body }) => body === post.body)).toHaveLength(1);
});
