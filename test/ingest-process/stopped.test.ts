import { connect } from 'node:net';
import axios from 'axios';
import type { Fault } from './faulty-endpoint';
import { endAll, type OneDoor, secrets, setWorld, startOne, until } from './one-door';
import { brokenPromises, emptyQueue } from './queue-contents';
import { aPost, openSenders, postTo } from './senders';

afterAll(endAll);

const world = setWorld();
const hasClosed = 'The door over HTTP is closed.';

/** Writes to the queue wait; answers how to let them go, and waits for the first of them. */
const holdWrites = async () => {
  const { aws } = await world;
  let release!: (fate: Fault | null) => void;
  const released = new Promise<Fault | null>((resolve) => (release = resolve));
  const came = new Promise<void>((resolve) => {
    aws.go({
      fate: ({ operation }) => {
        if (operation !== 'SendMessageBatch') return null;
        resolve();
        return released;
      },
    });
  });
  return { came, release };
};

const isRefused = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => resolve(false)).once('error', () => resolve(true));
    socket.once('close', () => socket.destroy());
    socket.unref();
  });

const statusOf = async (url: string): Promise<number> =>
  (await axios.get(url, { proxy: false, validateStatus: () => true, headers: { connection: 'close' } })).status;

const startOpen = async (env: Readonly<Record<string, string>> = {}): Promise<OneDoor> => {
  const door = await startOne(await world, { env });
  await door.isOpen;
  return door;
};

const inQueue = async () => {
  const { stage } = await world;
  return emptyQueue(stage.clients.sqs, stage.places.queueUrl);
};

test('who is under way when it is told to stop is answered 200; who comes later is let in no more; it ends with 0', async () => {
  const door = await startOpen();
  const senders = openSenders(door.url, secrets.bearer);
  const { came, release } = await holdWrites();
  const posted = Array.from({ length: 30 }, (_, n) => senders.attempt(aPost(n)));
  await came;
  await until(() => senders.inFlight() === 30);
  // Whoever has this answer came after all of them.
  expect(await statusOf(`${door.url}/readyz`)).toBe(200);
  door.signal();
  await door.hasSaid('is told to stop');
  expect(await statusOf(`http://127.0.0.1:${door.healthPort}/readyz`)).toBe(503);
  await until(() => isRefused(door.url));
  release(null);
  const answers = await Promise.all(posted);
  expect(answers.map((answer) => answer?.status)).toEqual(posted.map(() => 200));
  expect((await door.end()).exit).toBe('0');
  expect(door.said()).toContain(hasClosed);
  expect(brokenPromises(senders.accepted(), await inQueue())).toEqual([]);
});

test('under a stream of posts a stop answers 200 to nothing that is not in the queue', async () => {
  const { aws } = await world;
  aws.go();
  const door = await startOpen();
  const senders = openSenders(door.url, secrets.bearer);
  let isOver = false;
  const sending = senders.send(12, () => isOver, 'over');
  await until(() => senders.accepted().length > 100);
  door.signal();
  const { exit } = await door.end();
  isOver = true;
  await sending;
  expect(exit).toBe('0');
  expect(brokenPromises(senders.accepted(), await inQueue())).toEqual([]);
});

test('what its sender no longer waits for is written all the same before it ends', async () => {
  const { aws } = await world;
  const door = await startOpen({ INGEST_TIMEOUT_MS: '500' });
  const { came, release } = await holdWrites();
  const post = aPost(1);
  const answer = postTo(door.url, secrets.bearer, post);
  await came;
  expect((await answer)?.status).toBe(503);
  door.signal();
  await until(() => isRefused(door.url));
  // It must be sent once more, and only somebody who lives does that.
  release('refuse');
  aws.go();
  expect((await door.end()).exit).toBe('0');
  expect((await inQueue()).map(({ body }) => body)).toContain(post.body);
});

test('a second signal ends it at once, with 1', async () => {
  const door = await startOpen();
  const { came, release } = await holdWrites();
  const answer = postTo(door.url, secrets.bearer, aPost(1));
  await came;
  door.signal();
  await door.hasSaid('is told to stop');
  door.signal();
  const { exit } = await door.end();
  release('drop');
  expect([exit, await answer]).toEqual(['1', null]);
  expect(door.said()).toContain('ends at once, at the second signal');
  expect(door.said()).not.toContain(hasClosed);
});

test('writes that outlast the grace are given up, with 1, before the platform kills; nobody is told 200', async () => {
  const door = await startOpen({ SHUTDOWN_GRACE_SECONDS: '2', INGEST_TIMEOUT_MS: '900' });
  const { came, release } = await holdWrites();
  const answer = postTo(door.url, secrets.bearer, aPost(1));
  await came;
  door.signal();
  const { exit, tookMs } = await door.end();
  release('drop');
  expect(exit).toBe('1');
  expect(tookMs).toBeLessThan(2_000 + 2_000 + 3_000);
  expect((await answer)?.status ?? null).not.toBe(200);
});
